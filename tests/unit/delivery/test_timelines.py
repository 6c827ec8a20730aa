"""What an actor said over time, as messages, plots and words."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.plots import ALT_LIMIT, Mark
from bot.delivery.timelines import POSITIONS_A_PAGE, timeline_alt, timeline_message, timeline_plot
from bot.model.claims import Kind, Wording
from bot.model.queries import ClaimQuery
from bot.model.timelines import Position, Timeline
from bot.text.clipping import length
from tests.unit.delivery.limits import problems_of
from tests.unit.delivery.samples import RECORD, moments, nasty, queries, records

positions = st.builds(
    Position,
    st.integers(1, 200),
    st.lists(records, min_size=1, max_size=6).map(tuple),
    st.none() | records,
    st.none() | records,
    st.none() | st.integers(1, 200),
)
timelines = st.builds(
    Timeline,
    records,
    st.lists(positions, min_size=1, max_size=POSITIONS_A_PAGE).map(tuple),
    st.integers(1, 100),
    st.lists(moments, min_size=1, max_size=30).map(tuple),
    st.lists(nasty, max_size=9).map(tuple),
    st.booleans(),
)
SAFE = replace(RECORD, id=1, content_text="The dam is safe")
AGAIN = replace(SAFE, id=2, published_at=SAFE.published_at + timedelta(days=2))
UNSAFE = replace(
    RECORD, id=3, content_text="The dam is not safe", published_at=SAFE.published_at + timedelta(days=9)
)
FOUND = Timeline(
    AGAIN,
    (Position(1, (SAFE, AGAIN)), Position(2, (UNSAFE,), UNSAFE, SAFE, 1)),
    2,
    (SAFE.published_at, AGAIN.published_at, UNSAFE.published_at),
)
ASKED = ClaimQuery(actor="Marsh", topic="dam")


def test_positions_stand_in_their_order_with_when_they_were_said_again_and_both_quotations() -> None:
    (embed,) = timeline_message(FOUND, ASKED, query_id=9)["embeds"]
    told = embed["description"]
    assert told.startswith("What was said by **Marsh** about “dam”, the oldest first:\n**Elena Marsh**")
    assert told.index("`1`") < told.index("-# Again: <t:") < told.index("`2`") < told.index("**≠** The contrary")
    assert told.count("“The dam is safe”") == 2
    assert told.count("“The dam is not safe”") == 1
    assert embed["footer"] == {"text": "2 positions from 3 claims"}


def test_what_was_said_again_after_its_contrary_has_its_day() -> None:
    returned = Position(1, (SAFE, AGAIN), AGAIN, UNSAFE, 2)
    (embed,) = timeline_message(replace(FOUND, positions=(returned,)), ASKED, query_id=9)["embeds"]
    assert f"**≠** <t:{int(AGAIN.published_at.timestamp())}:D> The contrary" in embed["description"]


def test_nobody_is_said_to_be_nobody() -> None:
    message = timeline_message(None, ASKED, query_id=9)
    assert message["embeds"][0]["description"] == "No claims found by **Marsh** about “dam”."
    assert message["components"] == []


def test_the_plot_has_local_days_and_a_mark_for_each_claim() -> None:
    denied = Position(3, (replace(UNSAFE, kind=Kind.DENIAL), replace(UNSAFE, verbatim=Wording.PARAPHRASED)))
    plot = timeline_plot(replace(FOUND, positions=(*FOUND.positions, denied)), "Asia/Kolkata")
    assert [row.number for row in plot.rows] == [1, 2, 3]
    assert [mark for _, mark in plot.rows[2].marks] == [Mark.DENIAL, Mark.PARAPHRASE]
    assert plot.rows[1].contrary == 1
    local = SAFE.published_at + timedelta(hours=5, minutes=30)
    assert plot.moments[0] == local.replace(tzinfo=None)


def test_the_plot_is_told_in_words() -> None:
    told = timeline_alt(FOUND, ASKED, "UTC")
    first = SAFE.published_at
    assert told.startswith(f"Timeline of what Elena Marsh said about “dam”, {first.day} {first:%B %Y} to ")
    assert " 1: The dam is safe (own words; " in told
    assert told.endswith("; the contrary of 1).")


@given(st.none() | timelines, queries, st.integers(1, 2**63), st.integers(0, 30))
def test_no_page_makes_a_message_that_discord_refuses(
    found: Timeline | None, query: ClaimQuery, query_id: int, number: int
) -> None:
    number = min(number, max(0, -(-(found.total if found else 0) // POSITIONS_A_PAGE) - 1))
    assert problems_of(timeline_message(found, query, query_id=query_id, number=number)) == []
    if found is not None:
        assert 0 < length(timeline_alt(found, query, "UTC")) <= ALT_LIMIT
        assert all(isinstance(at, datetime) for at in timeline_plot(found, "UTC").moments)
