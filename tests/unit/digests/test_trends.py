"""What is in more articles than usual, told from chance."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.headline_words import Headlines, topics_in, without_parts
from bot.digests.trends import FEWEST, rising, surprise, times_at_least

counts = st.integers(0, 300)


@pytest.mark.parametrize(
    ("recent", "before", "share", "expected"),
    [
        (5, 0, 0.2, 0.2**5),
        (1, 1, 0.5, 0.75),
        (10, 0, 1.0, 1.0),
        (0, 7, 0.2, 1.0),
        (3, 1, 0.0, 0.0),
        # R: binom.test(9, 11, 0.2, "greater")$p.value
        (9, 2, 0.2, 1.8944e-05),
    ],
)
def test_how_surprising_counts_are_is_the_exact_probability(
    recent: int, before: int, share: float, expected: float
) -> None:
    assert surprise(recent, before, share) == pytest.approx(expected, rel=1e-3)


def test_how_many_times_as_often_it_is_at_least_is_the_lower_end_of_the_exact_interval() -> None:
    # R: p <- binom.test(9, 11, conf.level = 0.9)$conf.int[1]; p / (1 - p) * 400 / 100
    assert times_at_least(9, 2, 100, 400) == pytest.approx(0.52991 / 0.47009 * 4, rel=1e-3)
    assert times_at_least(0, 5, 100, 400) == times_at_least(5, 0, 0, 400) == times_at_least(5, 0, 9, 0) == 0


def test_what_is_as_usual_is_no_trend_and_the_rare_does_not_come_first() -> None:
    seen = {
        "usual": (10, 40),
        "always": (100, 400),
        "twice": (60, 120),
        "new": (6, 0),
        "once": (2, 0),
        "huge": (40, 4),
    }
    found = rising(seen, 100, 400)
    assert [name for name, _ in found] == ["huge", "new", "twice"]
    assert rising(seen, 0, 400) == rising(seen, 100, 0) == rising({}, 100, 400) == []


def test_of_chance_alone_little_is_found() -> None:
    chance = random.Random(5)
    tried = 0
    for _ in range(40):
        seen = {}
        for name in range(100):
            articles = [chance.random() < 0.2 for _ in range(chance.randrange(1, 40))]
            seen[name] = sum(articles), len(articles) - sum(articles)
        tried += bool(rising(seen, 200, 800))
    assert tried <= 5


@given(counts, counts, st.integers(1, 5_000), st.integers(1, 5_000))
def test_any_counts_give_a_probability_and_at_most_the_plain_ratio(
    recent: int, before: int, recent_all: int, before_all: int
) -> None:
    assert 0 <= surprise(recent, before, recent_all / (recent_all + before_all)) <= 1
    least = times_at_least(recent, before, recent_all, before_all)
    assert least >= 0
    if before:
        assert least <= recent / before * before_all / recent_all + 1e-6
    for _, times in rising({"it": (recent, before)}, recent_all, before_all):
        assert recent >= FEWEST
        assert times == least


def test_topics_are_words_and_neighbours_that_tell_something() -> None:
    headline = "Dunmore’s water levy: “no” to the levies, 7"
    found = {" ".join(topic): written for topic, written in topics_in(headline)}
    pairs = {"dunmore water": "Dunmore water", "water levy": "water levy"}
    assert found == {"dunmore": "Dunmore", "water": "water", "levy": "levies"} | pairs


def test_a_pair_stands_for_its_words_and_names_are_no_topics() -> None:
    recent = {("water", "levy"): 4, ("levy",): 5, ("water",): 9, ("marsh",): 9}
    assert without_parts(recent, recent, ["marsh"]) == [("water", "levy"), ("water",)]


def test_a_topic_is_written_as_most_headlines_do_and_counted_once_in_each() -> None:
    read = Headlines()
    for number, title in enumerate(("Levy rises", "The levy, a levy", "No levy")):
        read.add(number, title)
    assert read.written(("levy",)) == "levy"
    assert read.articles[("levy",)] == {0, 1, 2}


@given(st.text(max_size=300))
def test_any_headline_has_topics(headline: str) -> None:
    for topic, written in topics_in(headline):
        assert all(topic)
        assert written.strip()
