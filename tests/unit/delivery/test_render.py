import json
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.delivery.render import claim_page_embed, messages_of, pages_of, said_message
from bot.model.claims import Wording
from bot.model.digests import Digest, DigestArticle, DigestStory, MergedClaim
from bot.model.queries import ClaimPage, ClaimQuery
from tests.unit.delivery.limits import problems_of
from tests.unit.delivery.samples import MARSH, NOW, RECORD, digests, pages, queries

ARTICLE = DigestArticle(
    1,
    7,
    "Dunmore dam was *never* in danger, mayor says",
    "https://courier.example/1",
    "The Courier",
    NOW - timedelta(hours=2),
    "https://img.example/1.jpg",
    (),
    (),
)
POST = replace(ARTICLE, article_id=2, outlet="Daily Post", url="https://post.example/2", image_url=None)
STORY = DigestStory(ARTICLE, (POST,), ("Elena Marsh", "River Authority"), (MergedClaim(MARSH),), 3)
DIGEST = Digest(NOW, "Europe/Berlin", (STORY,), 2)


def nonce_of(number: int) -> str:
    return f"n{number}"


def test_a_digest_has_a_header_with_its_local_date() -> None:
    header = messages_of(DIGEST, nonce_of)[0]["embeds"][0]
    assert header["title"] == "Who said what: Saturday 18 July 2026"
    assert header["description"] == (
        "1 story from 2 outlets, 08:00 in Europe/Berlin; 2 more stories left for the next digest."
    )


def test_the_date_is_that_of_the_subscriptions_place() -> None:
    late = replace(DIGEST, slot=NOW.replace(hour=23), timezone="Asia/Tokyo")
    assert "Sunday 19 July 2026" in messages_of(late, nonce_of)[0]["embeds"][0]["title"]


def test_a_story_shows_headline_actors_claims_other_outlets_and_what_is_left_out() -> None:
    (message,) = messages_of(DIGEST, nonce_of)
    story = message["embeds"][1]
    assert story["title"] == r"Dunmore dam was \*never\* in danger, mayor says"
    assert story["url"] == "https://courier.example/1"
    assert story["thumbnail"] == {"url": "https://img.example/1.jpg"}
    assert story["footer"] == {"text": "The Courier +1 · 3 more claims"}
    assert story["description"] == (
        "-# Key actors: Elena Marsh, River Authority\n\n"
        "**Elena Marsh** (mayor of Dunmore)\n"
        "> “The dam was never in danger”\n"
        "-# [The Courier](https://courier.example/1)\n\n"
        "-# Also reported by [Daily Post](https://post.example/2)"
    )


def test_the_evidence_button_carries_the_nonce_and_the_payload_names_its_claims() -> None:
    (message,) = messages_of(DIGEST, nonce_of)
    (row,) = message["components"]
    assert [(b["label"], b["custom_id"]) for b in row["components"]] == [("Evidence", "hearsay:digest:n0:0")]
    assert message["claim_ids"] == [1]


def test_a_picture_over_http_is_not_shown() -> None:
    story = replace(STORY, lead=replace(ARTICLE, image_url="http://img.example/1.jpg"))
    (message,) = messages_of(replace(DIGEST, stories=(story,)), nonce_of)
    assert "thumbnail" not in message["embeds"][1]


def test_a_long_digest_goes_on_in_further_messages_with_their_own_nonces() -> None:
    long = replace(MARSH, content="never in danger " * 40)
    stories = tuple(
        replace(STORY, claims=tuple(MergedClaim(replace(long, claim_id=10 * s + n)) for n in range(4)))
        for s in range(8)
    )
    messages = messages_of(replace(DIGEST, stories=stories), nonce_of)
    assert len(messages) > 1
    assert messages[1]["embeds"][0]["author"]["name"] == "Saturday 18 July 2026, continued"
    assert messages[1]["components"][0]["components"][0]["custom_id"] == "hearsay:digest:n1:0"
    assert [i for m in messages for i in m["claim_ids"]] == [10 * s + n for s in range(8) for n in range(4)]


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(digests)
def test_no_digest_makes_a_message_that_discord_refuses(digest: Digest) -> None:
    messages = messages_of(digest, nonce_of)
    for message in messages:
        assert problems_of(message) == []
        json.dumps(message).encode()
    stories = sum(len(message["embeds"]) for message in messages) - 1
    assert stories == len(digest.stories)
    assert all(message["claim_ids"] for message in messages if message["embeds"][1:])


def test_a_page_of_claims_numbers_them_and_gives_each_its_button() -> None:
    claims = tuple(replace(RECORD, id=n) for n in range(1, 6))
    message = said_message(ClaimPage(claims, 12), ClaimQuery(actor="Marsh", topic="dam"), query_id=9, number=1)
    (embed,) = message["embeds"]
    assert embed["description"].startswith("Claims by **Marsh** about “dam”:\n\n`6` **Elena Marsh**")
    assert embed["footer"] == {"text": "Page 2 of 3 · 12 claims"}
    evidence, turn = message["components"]
    assert [b["label"] for b in evidence["components"]] == [f"Evidence {n}" for n in range(6, 11)]
    assert [b["custom_id"] for b in evidence["components"]] == [f"hearsay:evidence:{n}" for n in range(1, 6)]
    assert [(b["custom_id"], b["disabled"]) for b in turn["components"]] == [
        ("hearsay:said:9:0:prev", False),
        ("hearsay:said:9:2:next", False),
    ]


def test_the_buttons_at_the_ends_are_disabled() -> None:
    page = ClaimPage((RECORD,), 6)
    first = said_message(page, ClaimQuery(), query_id=9)["components"][1]["components"]
    last = said_message(page, ClaimQuery(), query_id=9, number=1)["components"][1]["components"]
    assert [b["disabled"] for b in first] == [True, False]
    assert [b["disabled"] for b in last] == [False, True]


def test_claims_that_were_not_counted_to_the_end_are_more_than_so_many() -> None:
    page = ClaimPage((RECORD,) * 5, 100, more=True)
    message = said_message(page, ClaimQuery(), query_id=9, number=19)
    assert message["embeds"][0]["footer"] == {"text": "Page 20 · more than 100 claims"}
    assert not message["components"][-1]["components"][-1].get("disabled"), "the next page can be turned to"


def test_a_single_page_has_no_buttons_to_turn_it() -> None:
    message = said_message(ClaimPage((RECORD,), 1), ClaimQuery(), query_id=9)
    assert len(message["components"]) == 1
    assert message["embeds"][0]["footer"] == {"text": "1 claim"}
    assert message["embeds"][0]["description"].startswith("The latest claims:")


def test_nothing_found_is_said_in_a_sentence() -> None:
    query = ClaimQuery(actor="<@1>", since=NOW, until=NOW)
    message = said_message(ClaimPage((), 0), query, query_id=9)
    assert message["embeds"][0]["description"] == (
        r"No claims found by **\<@1\>** since <t:1784354400:D> until <t:1784354400:D>."
    )
    assert message["components"] == []


def test_long_claims_give_way_so_that_all_five_are_shown() -> None:
    long = replace(
        RECORD, content_text="word " * 900, url="https://a.example/" + "x" * 900, verbatim=Wording.MIXED
    )
    claims = tuple(replace(long, id=n) for n in range(5))
    embed = claim_page_embed(ClaimPage(claims, 5), ClaimQuery(), 0, 1)
    assert all(f"`{n}`" in embed["description"] for n in range(1, 6))


@given(pages, queries, st.integers(1, 2**63), st.integers(0, 200))
def test_no_page_makes_a_message_that_discord_refuses(
    page: ClaimPage, query: ClaimQuery, query_id: int, number: int
) -> None:
    message = said_message(page, query, query_id=query_id, number=number, of=max(number + 1, pages_of(page.total)))
    assert problems_of(message) == []
