"""Hostile values to render."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.model.claims import ActorType, ClaimRecord, Evidence, Kind, Wording
from bot.model.digests import Digest, DigestArticle, DigestClaim, DigestStory, MergedClaim
from bot.model.queries import ClaimPage, ClaimQuery, Sort

NOW = datetime(2026, 7, 18, 6, tzinfo=UTC)
TEXT = (
    "The river rose all night.\n\n“The dam was never in danger,” said Elena Marsh, the mayor of Dunmore, "
    "on Friday."
)

nasty = st.text(max_size=60) | st.sampled_from(
    [
        "",
        "@everyone <@1> <#2> <@&3> [x](http://evil.example) <:a:1> <t:1:R> :tada: `x` **b** __u__ ~~s~~ ||sp||",
        "\u202eevil\u200b\u2800\ud800",
        "*" * 700,
        "👨‍👩‍👧" * 60,
        "word " * 100,
        "“" * 300,
        "https://discord.gg/abc",
        "# head",
        "x\n> y\n- z\n1. a",
    ]
)
urls = st.text(max_size=60) | st.sampled_from(
    [
        "https://a.example/" + "x" * 990,
        "https://a.example/" + "x" * 500,
        "https://a.example/(b)[c]",
        "http://user@a.example/",
        "javascript:alert(1)",
        "https://a.example/",
    ]
)
names = st.none() | nasty
moments = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
claims = st.builds(
    DigestClaim,
    st.integers(1, 2**63),
    names,
    names,
    nasty,
    st.sampled_from(Kind),
    st.sampled_from(Wording),
    st.floats(0, 1),
    nasty,
    urls,
)
articles = st.builds(
    DigestArticle,
    st.integers(1, 2**63),
    st.none(),
    nasty,
    urls,
    nasty,
    moments,
    st.none() | urls,
    st.just(()),
    st.just(()),
)
merged_claims = st.builds(MergedClaim, claims, st.lists(claims, max_size=8).map(tuple))
stories = st.builds(
    DigestStory,
    articles,
    st.lists(articles, max_size=8).map(tuple),
    st.lists(nasty, max_size=5).map(tuple),
    st.lists(merged_claims, min_size=1, max_size=4).map(tuple),
    st.integers(0, 500),
)
digests = st.builds(
    Digest,
    moments,
    st.sampled_from(["UTC", "Europe/Berlin", "America/Argentina/ComodRivadavia"]),
    st.lists(stories, min_size=1, max_size=10).map(tuple),
    st.integers(0, 500),
)
records = st.builds(
    ClaimRecord,
    st.integers(1, 2**63),
    st.integers(1),
    st.none(),
    names,
    st.none(),
    names,
    nasty,
    nasty,
    nasty,
    st.sampled_from(Kind),
    st.sampled_from(Wording),
    st.floats(0, 1),
    nasty,
    urls,
    nasty,
    moments,
)
pages = st.builds(
    ClaimPage, st.lists(records, max_size=5, unique_by=lambda c: c.id).map(tuple), st.integers(0, 10_000)
)
queries = st.builds(
    ClaimQuery,
    st.none(),
    names,
    names,
    st.none() | moments,
    st.none() | moments,
    st.just(0.5),
    names,
    st.sampled_from([None, *Kind]),
    st.sampled_from([None, *Wording]),
    st.sampled_from([*Sort]),
    names,
)
spans = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 200)), max_size=3).map(tuple)
evidences = st.builds(
    Evidence, records, nasty | st.just("*long* " * 700), spans, spans, spans, st.booleans(), st.booleans()
)

MARSH = DigestClaim(
    1,
    "Elena Marsh",
    "mayor of Dunmore",
    "“The dam was never in danger,”",
    Kind.STATEMENT,
    Wording.VERBATIM,
    0.9,
    "The Courier",
    "https://courier.example/1",
)
RECORD = ClaimRecord(
    1,
    1,
    1,
    "Elena Marsh",
    ActorType.PERSON,
    "mayor of Dunmore",
    "Elena Marsh",
    "said",
    "“The dam was never in danger,”",
    Kind.STATEMENT,
    Wording.VERBATIM,
    0.9,
    "Dunmore dam was never in danger",
    "https://courier.example/1",
    "The Courier",
    NOW,
)


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


EVIDENCE = Evidence(
    RECORD, TEXT, (span("Elena Marsh"),), (span("said"),), (span("The dam was never in danger"),), False, True
)
