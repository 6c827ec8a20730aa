"""Answers to questions as messages."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.answers import asked_for, claim_page_embed, pages_of, said_message
from bot.model.claims import Kind, Wording
from bot.model.queries import ClaimPage, ClaimQuery, Sort
from tests.unit.delivery.limits import problems_of
from tests.unit.delivery.samples import NOW, RECORD, pages, queries


def test_a_page_numbers_its_claims_and_offers_their_evidence_the_pages_and_sharing() -> None:
    claims = tuple(replace(RECORD, id=n, article_id=n) for n in range(1, 6))
    message = said_message(ClaimPage(claims, 12), ClaimQuery(actor="Marsh", topic="dam"), query_id=9, number=1)
    (embed,) = message["embeds"]
    assert embed["description"].startswith("Claims by **Marsh** about “dam”:\n\n**[Dunmore dam")
    assert "\n`6` **Elena Marsh** (mayor of Dunmore)\n> “The dam was never in danger”" in embed["description"]
    assert embed["footer"] == {"text": "Page 2 of 3 · 12 claims"}
    evidence, buttons = message["components"]
    (select,) = evidence["components"]
    assert [option["value"] for option in select["options"]] == ["1", "2", "3", "4", "5"]
    assert select["options"][0]["label"] == "6 · Elena Marsh"
    assert [(b["label"], b["custom_id"], b["disabled"]) for b in buttons["components"]] == [
        ("◀ Previous", "hearsay:said:9:0:prev", False),
        ("Next ▶", "hearsay:said:9:2:next", False),
        ("Share", "hearsay:share:9:1", False),
        ("Export", "hearsay:export:9", False),
        ("Follow", "hearsay:follow:query:9", False),
    ]


def test_claims_of_one_article_stand_under_its_headline_once() -> None:
    one, other = replace(RECORD, id=1), replace(RECORD, id=2, content_text="We will open it")
    third = replace(RECORD, id=3, article_id=99, title="Another day")
    shown = claim_page_embed(ClaimPage((one, other, third), 3), ClaimQuery(), 0, 1)["description"]
    assert shown.count("**[Dunmore dam was never in danger](https://courier.example/1)**") == 1
    assert shown.count("-# [The Courier](https://courier.example/1) · <t:1784354400:D>") == 2
    assert shown.index("`2`") < shown.index("Another day") < shown.index("`3`")


def test_the_buttons_at_the_ends_are_disabled() -> None:
    page = ClaimPage((RECORD,), 6)
    first = said_message(page, ClaimQuery(), query_id=9)["components"][1]["components"]
    last = said_message(page, ClaimQuery(), query_id=9, number=1)["components"][1]["components"]
    assert [b["disabled"] for b in first] == [True, False, False, False]
    assert [b["disabled"] for b in last] == [False, True, False, False]


def test_a_single_page_has_no_buttons_to_turn_it_and_a_shared_one_none_to_share() -> None:
    message = said_message(ClaimPage((RECORD,), 1), ClaimQuery(), query_id=9, shared=True)
    assert len(message["components"]) == 1
    assert message["embeds"][0]["footer"] == {"text": "1 claim"}
    assert message["embeds"][0]["description"].startswith("The latest claims:")


def test_any_of_many_pages_can_be_chosen() -> None:
    message = said_message(ClaimPage((RECORD,), 300), ClaimQuery(), query_id=9, number=50)
    (select,) = message["components"][2]["components"]
    assert select["placeholder"] == "Page 51 of 60: go to …"
    assert [option["value"] for option in select["options"]] == [str(n) for n in range(35, 60)]


def test_where_counting_stopped_there_are_more_than_that_and_a_next_page() -> None:
    message = said_message(ClaimPage((RECORD,), 100, more=True), ClaimQuery(), query_id=9, number=19)
    assert message["embeds"][0]["footer"] == {"text": "Page 20 · more than 100 claims"}
    assert message["components"][1]["components"][1]["disabled"] is False


def test_the_question_is_repeated_as_it_was_understood() -> None:
    query = ClaimQuery(
        actor="Mira Penhallow",
        topic="tides",
        since=NOW,
        until=NOW,
        outlet="The Courier",
        kind=Kind.DENIAL,
        wording=Wording.VERBATIM,
        sort=Sort.RELEVANT,
        misspelt="Penhalow",
    )
    shown = claim_page_embed(ClaimPage((RECORD,), 1), query, 0, 1, "Asia/Tokyo")["description"]
    assert shown.startswith(
        "No actor here is called “Penhalow”. Claims by **Mira Penhallow** about “tides” in The Courier that are "
        "denials in exact words since Saturday, 18 July 2026, 15:00 until Saturday, 18 July 2026, 15:00, "
        "the most relevant first:"
    )


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 7, 17, 22, tzinfo=UTC), "Saturday, 18 July 2026"),
        (datetime(2026, 7, 18, 21, 59, 59, 999999, UTC), "Saturday, 18 July 2026"),
        (datetime(2026, 7, 18, 15, tzinfo=UTC), "Saturday, 18 July 2026, 17:00"),
        (datetime(2026, 7, 18, 3, 59, 59, 999999, UTC), "Saturday, 18 July 2026, 06:00"),
    ],
)
def test_a_whole_day_is_told_without_its_hour_and_a_moment_with_it(moment: datetime, shown: str) -> None:
    assert asked_for(ClaimQuery(since=moment), "Europe/Berlin") == f" since {shown}"
    assert asked_for(ClaimQuery(until=moment), "Europe/Berlin") == f" until {shown}"


def test_nothing_found_is_said_in_a_sentence() -> None:
    message = said_message(ClaimPage((), 0), ClaimQuery(actor="<@1>", since=NOW), query_id=9)
    assert message["embeds"][0]["description"] == (
        r"No claims found by **\<@1\>** since Saturday, 18 July 2026, 06:00."
        + "\n-# Leave out an option to find more."
    )
    assert message["components"] == []


def test_long_claims_give_way_so_that_all_five_are_shown() -> None:
    long = replace(
        RECORD, content_text="word " * 900, url="https://a.example/" + "x" * 900, verbatim=Wording.MIXED
    )
    claims = tuple(replace(long, id=n, article_id=n) for n in range(5))
    embed = claim_page_embed(ClaimPage(claims, 5), ClaimQuery(), 0, 1)
    assert all(f"`{n}`" in embed["description"] for n in range(1, 6))


@given(pages, queries, st.integers(1, 2**63), st.integers(0, 200))
def test_no_page_makes_a_message_that_discord_refuses(
    page: ClaimPage, query: ClaimQuery, query_id: int, number: int
) -> None:
    message = said_message(page, query, query_id=query_id, number=number, of=max(number + 1, pages_of(page.total)))
    assert problems_of(message) == []
