"""What was read, as messages."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.readings import CLAIMS_A_PAGE, NOTHING_FOUND, reading_evidence_message, reading_message
from bot.model.claims import ClaimRecord, Evidence
from bot.model.readings import Reading
from tests.unit.delivery.limits import problems_of
from tests.unit.delivery.samples import NOW, RECORD, moments, names, nasty, records, urls

KEY = "0123456789abcdef"


def a_reading(*claims: ClaimRecord, **given: object) -> Reading:
    values = {"key": KEY, "title": "Dam holds", "outlet": "The Courier", "url": "https://a.example/1"}
    return Reading(**values | {"published_at": NOW, "claims": claims} | given)  # type: ignore[arg-type]


def test_each_actor_is_named_once_and_claims_are_numbered_through_the_pages() -> None:
    marsh = [replace(RECORD, id=n, actor_id=1, content_text=f"Gate {n} will hold") for n in range(1, 8)]
    kreis = replace(RECORD, id=8, actor_id=2, actor="Otto Kreis", role=None)
    first = reading_message(a_reading(*marsh, kreis))
    told = first["embeds"][0]["description"]
    assert told.count("**Elena Marsh**") == 1
    assert "`6`" in told
    assert "`7`" not in told
    assert first["embeds"][0]["footer"] == {"text": "Page 1 of 2 · 8 claims · 2 actors"}
    last = reading_message(a_reading(*marsh, kreis), number=99, shared=True)
    assert "`8`" in last["embeds"][0]["description"]
    select, buttons = last["components"]
    assert [option["label"][:1] for option in select["components"][0]["options"]] == ["7", "8"]
    assert [button["label"] for button in buttons["components"]] == ["◀ Previous", "Next ▶"]


def test_claims_of_a_servers_article_have_the_controls_of_stored_claims() -> None:
    own = reading_message(a_reading(RECORD))["components"][0]["components"][0]
    stored = reading_message(a_reading(RECORD, key="a5", article_id=5))["components"][0]["components"][0]
    assert own["custom_id"] == f"hearsay:read:evidence:{KEY}"
    assert stored["custom_id"] == "hearsay:evidence"


def test_where_nothing_was_found_it_says_so_and_why() -> None:
    message = reading_message(a_reading(note="The article is in German."))
    told = message["embeds"][0]["description"]
    assert NOTHING_FOUND in told
    assert "The article is in German." in told
    assert message["components"] == []


@given(
    st.builds(
        Reading,
        st.just(KEY) | st.just("a123456789012345678"),
        nasty,
        nasty,
        st.none() | urls,
        st.none() | moments,
        st.lists(records, max_size=2 * CLAIMS_A_PAGE).map(tuple),
        note=names,
        article_id=st.none() | st.just(5),
    ),
    st.integers(0, 9),
    st.booleans(),
)
def test_nothing_that_was_read_makes_a_message_that_discord_refuses(
    reading: Reading, number: int, shared: bool
) -> None:
    assert problems_of(reading_message(reading, number=number, shared=shared)) == []


@given(st.builds(Evidence, records, nasty, st.just(()), st.just(()), st.just(()), st.booleans(), st.booleans()))
def test_evidence_never_makes_a_message_that_discord_refuses(evidence: Evidence) -> None:
    assert problems_of(reading_evidence_message(evidence)) == []
