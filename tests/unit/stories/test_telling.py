"""Title, lead and course of a story."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.stories.telling import LEAD_LENGTH, Told, best_headline, course_of, lead_of

NOW = datetime(2026, 7, 18, 22, 30, tzinfo=UTC)
TERMS = {"dam": 3.0, "dunmore": 2.5, "flood": 2.0, "mayor": 1.0}


def told(number: int, title: str, text: str = "Words.", hours: float = 0) -> Told:
    return Told(number, title, text, NOW + timedelta(hours=hours))


def best(*titles: str) -> str:
    return best_headline([told(number, title) for number, title in enumerate(titles)], TERMS).title


def test_the_best_headline_says_what_the_story_is_about() -> None:
    assert best("What a week", "Flood: dam of Dunmore holds, mayor says", "A look at cranes") == (
        "Flood: dam of Dunmore holds, mayor says"
    )


def test_questions_live_blogs_and_fragments_are_no_titles() -> None:
    assert best("Will the Dunmore dam hold?", "Dunmore dam holds in flood") == "Dunmore dam holds in flood"
    assert best("Live: Dunmore dam flood", "Dunmore dam is near flood") == "Dunmore dam is near flood"
    assert best("Dunmore dam", "Dam of Dunmore withstands the water") == "Dam of Dunmore withstands the water"


def test_of_equal_headlines_the_oldest_is_taken() -> None:
    articles = [told(2, "Dunmore dam holds", hours=2), told(1, "Dunmore dam holds")]
    assert best_headline(articles, TERMS).article_id == 1


def test_a_lead_ends_with_a_sentence() -> None:
    first = "The dam of Dunmore held in the night, although the river rose by two metres. " + "It rained on. " * 40
    lead = lead_of(told(1, "Dam", first))
    assert lead.startswith("The dam of Dunmore held")
    assert lead.endswith("It rained on.")
    assert len(lead) <= LEAD_LENGTH


@given(st.text(max_size=900))
def test_a_lead_is_never_long(text: str) -> None:
    assert len(lead_of(told(1, "Dam", text))) <= LEAD_LENGTH


def test_days_are_those_of_the_server() -> None:
    articles = [told(2, "Dam of Dunmore bursts", hours=2), told(1, "Dam of Dunmore holds")]
    utc = course_of(articles, TERMS, ZoneInfo("UTC"))
    assert [(day.day.day, day.headline.article_id) for day in utc] == [(18, 1), (19, 2)]
    berlin = course_of(articles, TERMS, ZoneInfo("Europe/Berlin"))
    assert [(day.day.day, [a.article_id for a in day.articles]) for day in berlin] == [(19, [1, 2])]
