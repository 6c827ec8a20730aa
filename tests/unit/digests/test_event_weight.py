"""The weight of an event: who is hit, how many, and how high its actors stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.event_weight import HARM, HIGH, HIGHEST, LIVELIHOOD, MOST_PEOPLE, event_weight, office, people_hit


@pytest.mark.parametrize(
    ("headline", "people"),
    [
        ("Cyclone slams coast; at least 11 dead", 11),
        ("Cyclone slams coast; 240,000 evacuated", 240_000),
        ("Flood kills 1.2 million people", 1_200_000),
        ("Blast kills at least 40", 40),
        ("Carmaker to cut 10,000 jobs", 10_000),
        ("Two dozen injured as stand collapses", 24),
        ("Vaccine cuts severe illness by 84% in large trial", 1),
        ("Carmaker buys battery maker for $2.4 billion", 1),
        ("Library opens", 1),
    ],
)
def test_how_many_people_a_headline_says_are_hit(headline: str, people: int) -> None:
    assert people_hit([headline]) == people


def test_more_people_weigh_more_and_harm_more_than_jobs() -> None:
    many, few = event_weight(["Flood leaves 4,000 dead"]), event_weight(["Flood leaves four dead"])
    jobs = event_weight(["Carmaker announces job cuts of 4,000"])
    assert many > few > HARM > jobs >= LIVELIHOOD > event_weight(["Carmaker shows a car"]) == 0.0


def test_harm_counts_once_however_many_headlines_tell_of_it() -> None:
    assert event_weight(["Flood kills 4"]) == event_weight(["Flood kills 4", "Four dead in flood"])


@pytest.mark.parametrize(
    "headline", ["Trade war deepens", "Price war among grocers", "Fans missing out", "Traders make a killing"]
)
def test_figures_of_speech_harm_nobody(headline: str) -> None:
    assert event_weight([headline], []) == 0


def test_a_number_without_harm_is_no_weight() -> None:
    assert event_weight(["Festival draws 40,000 people"]) == 0.0


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("prime minister", HIGHEST),
        ("President", HIGHEST),
        ("White House weighs rescue", HIGHEST),
        ("transport secretary", HIGH),
        ("Central bank holds rates", HIGH),
        ("former prime minister", 0.0),
        ("ex-president", 0.0),
        ("president of the rowing club", 0.0),
        ("chief executive", 0.0),
    ],
)
def test_the_office_of_the_actors(text: str, worth: float) -> None:
    assert office([text]) == worth


def test_roles_count_as_headlines_do_and_each_weight_can_be_given() -> None:
    assert event_weight(["Bridge opens"], ["prime minister"]) == HIGHEST
    assert event_weight(["Bridge opens"], ["prime minister"], highest=3.0) == 3.0
    assert event_weight(["Bridge opens"], ["the government's main witness"]) == 0
    assert event_weight(["Bridge opens"], ["Kellow's transport minister"]) == HIGH
    assert event_weight(["Flood kills 10"], harm=1.0, people=1.0) == pytest.approx(2.0)


@given(st.lists(st.text(max_size=80), max_size=4))
def test_any_text_has_a_weight_within_bounds(headlines: list[str]) -> None:
    assert 1 <= people_hit(headlines) <= MOST_PEOPLE
    assert 0 <= event_weight(headlines, headlines) <= 5
