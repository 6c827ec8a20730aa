"""Trends as messages, plots and words."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.plots import ALT_LIMIT
from bot.delivery.trends import ACTORS_SHOWN, TOPICS_SHOWN, trends_alt, trends_message, trends_plot
from bot.model.trends import Subject, Trend, Trends
from bot.text.clipping import length
from tests.unit.delivery.limits import problems_of
from tests.unit.delivery.samples import RECORD, moments, nasty

numbers = st.integers(0, 10_000)
trends = st.builds(
    Trend,
    st.sampled_from(Subject),
    nasty,
    numbers,
    numbers,
    numbers,
    numbers,
    st.floats(0, 1e6),
    st.lists(numbers, min_size=5, max_size=35).map(tuple),
)
answers = st.builds(
    Trends,
    st.lists(trends, max_size=ACTORS_SHOWN + TOPICS_SHOWN).map(tuple),
    st.sampled_from([1, 7]),
    st.sampled_from([4, 28]),
    moments,
    numbers,
    numbers,
    st.booleans(),
)
MARSH = Trend(Subject.ACTOR, "Elena Marsh", 9, 100, 2, 400, 4.51, (0,) * 26 + (1, 1) + (1, 1, 1, 1, 1, 2, 2))
LEVY = replace(MARSH, subject=Subject.TOPIC, name="water levy", times=12.2)
FOUND = Trends((MARSH, LEVY), 7, 28, RECORD.published_at, 100, 400)


def test_trends_are_numbered_with_their_counts_and_what_they_are_compared_with() -> None:
    message = trends_message(FOUND, query_id=9)
    (embed,) = message["embeds"]
    assert embed["description"].startswith(
        "In the last 7 days, compared with the 4 weeks before:\n\n**Actors**\n`1`"
    )
    assert (
        "**Elena Marsh** · at least 4.5 times as often\n-# 9 of 100 stories; before, 2 of 400"
        in embed["description"]
    )
    assert "**Topics of headlines**\n`2` **water levy** · at least 12 times as often" in embed["description"]
    assert embed["footer"] == {"text": "Among 100 stories with claims now and 400 before"}
    assert [one["label"] for one in message["components"][0]["components"]] == ["Share", "Export"]


def test_nothing_and_too_little_are_said_in_a_sentence() -> None:
    nothing = replace(FOUND, trends=(), days=1, past_days=4)
    message = trends_message(nothing, query_id=9)
    assert message["embeds"][0]["description"] == (
        "Nothing is said more often than usual in the last 24 hours, compared with the 4 days before."
    )
    assert message["components"] == []
    little = trends_message(replace(nothing, past_stories=3, enough=False), query_id=9)
    assert "too little here to know what is usual: 3 stories with claims in the 4 days" in str(little)


def test_the_plot_has_a_row_for_each_and_tells_the_same_in_words() -> None:
    plot = trends_plot(FOUND, "UTC")
    assert [(row.number, row.label, row.told) for row in plot.rows] == [
        (1, "Elena Marsh", "4.5 times"),
        (2, "water levy", "12 times"),
    ]
    told = trends_alt(FOUND, "UTC")
    assert " 1: Elena Marsh, 2 stories before, by day now 1, 1, 1, 1, 1, 2, 2." in told


@given(answers, st.integers(1, 2**63))
def test_no_answer_makes_a_message_that_discord_refuses(found: Trends, query_id: int) -> None:
    assert problems_of(trends_message(found, query_id=query_id)) == []
    assert 0 < length(trends_alt(found, "UTC")) <= ALT_LIMIT
    assert len(trends_plot(found, "UTC").rows) == len(found.trends)
