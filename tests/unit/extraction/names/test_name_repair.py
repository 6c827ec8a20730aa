from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.names.entity import Entity
from bot.extraction.names.name_repair import introduced, repaired


def names(text: str, *seen: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the names of `text` with their labels, after the name finder has `seen` these, in their order."""
    found, at = [], 0
    for name, label in seen:
        start = text.index(name, at)
        found.append(Entity(start, start + len(name), label))
        at = start + len(name)
    return [(text[entity.start : entity.end], entity.label) for entity in repaired(text, found)]


@pytest.mark.parametrize(
    ("text", "seen", "whole"),
    [
        ("so Piotr Zawada wrote", ["Piotr", "Zawada"], "Piotr Zawada"),
        ("so Mr Fontes-Kaba wrote", ["Kaba"], "Fontes-Kaba"),
        ("so Mr Averell-Kaba wrote", ["Averell-"], "Averell-Kaba"),
        ("so Sir Crispin Holderness-Vane, wrote", ["Crispin Holderness"], "Crispin Holderness-Vane"),
        ("the governor, Honoré Bahati Mukenge, said", ["Bahati Mukenge"], "Honoré Bahati Mukenge"),
        ("so B.R. Halappagowda said", ["B.", "Halappagowda"], "B.R. Halappagowda"),
        ("so said Fon Mbuye IV, the ruler", ["Fon Mbuye"], "Fon Mbuye IV"),
    ],
)
def test_a_broken_name_of_a_person_is_put_together(text: str, seen: list[str], whole: str) -> None:
    assert names(text, *((name, "PERSON") for name in seen)) == [(whole, "PERSON")]


def test_a_name_goes_on_with_a_noun_for_organisations() -> None:
    assert names("so Harbour Agency said", ("Harbour", "PERSON")) == [("Harbour Agency", "ORG")]
    assert names("so Brno Police said", ("Brno", "LOC")) == [("Brno", "LOC")]


def test_places_of_a_name_that_were_passed_over_are_found() -> None:
    text = "Norrapp grew. Then Norrapp fell, and Norrapp rose."
    assert names(text, ("Norrapp", "ORG"), ("Norrapp", "ORG")) == [("Norrapp", "ORG")] * 3


def test_a_name_seen_once_or_within_another_word_is_not_looked_for() -> None:
    assert names("so Norrapp fell, and Norrapp rose", ("Norrapp", "ORG")) == [("Norrapp", "ORG")]
    text = "so Norr and Norr met @Norr of Norrland"
    assert names(text, ("Norr", "ORG"), ("Norr", "ORG")) == [("Norr", "ORG")] * 2


def test_what_has_a_chief_executive_is_no_person() -> None:
    assert names("so Wells Holm CEO Bo Ray said", ("Wells Holm", "PERSON"), ("Bo Ray", "PERSON"))[0][1] == "ORG"
    assert (
        names("so Wells Holm aide Bo Ray said", ("Wells Holm", "PERSON"), ("Bo Ray", "PERSON"))[0][1] == "PERSON"
    )


@pytest.mark.parametrize("word", ["NKr38", "Rs", "N", "Mr"])
def test_signs_of_money_single_letters_and_titles_are_no_names(word: str) -> None:
    assert names(f"so {word} was paid", (word, "LOC")) == []


def test_names_of_two_people_side_by_side_stay_two() -> None:
    text = "Trump spoke. Clinton spoke. Then said Trump Clinton was late"
    seen = [("Trump", "PERSON"), ("Clinton", "PERSON"), ("Trump", "PERSON"), ("Clinton", "PERSON")]
    assert names(text, *seen) == seen


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("a vote in Poland, said", "Poland", "LOC"),
        ("so the charity Night Wing said", "Night Wing", "ORG"),
        ("the state weather bureau, PAGASA, said", "PAGASA", "ORG"),
        ("a retired couple from Linz, who laughed", "Linz", "LOC"),
        ("a couple living in Linz. They", "Linz", "LOC"),
        ("by Corvane Mutual for", "Corvane Mutual", "ORG"),
        ("by Fitzroy Capital, a London bank, for", "Fitzroy Capital", "ORG"),
        ("by Nordvik, which sells", "Nordvik", "ORG"),
        ("so Imani Oduya, 41, said", "Imani Oduya", "PERSON"),
        ("near Gull Bay it", "Gull Bay", "LOC"),
    ],
)
def test_what_stands_around_a_name_says_what_it_is(text: str, name: str, label: str) -> None:
    assert names(text, (name, "PERSON")) == [(name, label)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("LUGANO (Wire) - A jury met", "LUGANO"),
        ("TULLY FALLS, Ohio — A jury met", "TULLY FALLS"),
        ("RAIPUR: A jury met", "RAIPUR"),
        ("Ferry sinks. The ferry was old", "Ferry"),
    ],
)
def test_datelines_and_words_that_open_sentences_are_no_names(text: str, name: str) -> None:
    assert names(text, (name, "ORG")) == []


def test_the_labels_of_speakers_are_no_datelines() -> None:
    assert names("ANNA REED: Yes.\nHOST: Why?\n", ("ANNA REED", "PERSON")) == [("ANNA REED", "PERSON")]


def test_nouns_before_names_say_what_these_are() -> None:
    assert introduced("the small charity Night Wing said")["night wing"] == "small charity"


@given(st.text(alphabet="Aa b-.,'’\nÉIV", max_size=60), st.lists(st.integers(0, 60), max_size=8))
def test_any_names_of_any_text_can_be_mended(text: str, edges: list[int]) -> None:
    edges = sorted({edge for edge in edges if edge <= len(text)})
    seen = [Entity(a, b, "PERSON") for a, b in zip(edges[::2], edges[1::2], strict=False)]
    whole = repaired(text, seen)
    assert all(0 <= entity.start < entity.end <= len(text) for entity in whole)
    assert all(a.end <= b.start for a, b in pairwise(whole))


def test_a_trust_that_is_called_by_a_saint_is_one_name() -> None:
    assert names("so St Columba’s Trust wrote", ("St Columba", "ORG")) == [("St Columba’s Trust", "ORG")]
    assert names("so St Columba’s letter said", ("St Columba", "PERSON")) == [("St Columba", "PERSON")]


def test_the_surname_said_belongs_to_the_name_and_the_verb_does_not() -> None:
    assert names("so Amina Said said it", ("Amina", "PERSON")) == [("Amina Said", "PERSON")]
    assert names("so Amina Said: it rains", ("Amina", "PERSON")) == [("Amina", "PERSON")]


def test_who_speaks_is_no_park() -> None:
    assert names("Buns, says Seo-yun Park.", ("Seo-yun Park", "LOC")) == [("Seo-yun Park", "PERSON")]
    assert names("It rained in Hale Park.", ("Hale Park", "LOC")) == [("Hale Park", "LOC")]


@pytest.mark.parametrize(
    ("text", "seen", "label"),
    [
        ("so Lind from Ostby, who left", [("Lind", "PERSON"), ("Ostby", "LOC")], "LOC"),
        ("so Lind of Englewood, New Jersey, who left", [("Lind", "PERSON"), ("New Jersey", "LOC")], "LOC"),
        ("so Lind of Ostby, the ranking senator, left", [("Lind", "PERSON"), ("Ostby", "LOC")], "LOC"),
        ("so Lind of the group Night Wing, who left", [("Lind", "PERSON"), ("Night Wing", "ORG")], "ORG"),
        ("so they asked Ostby, who left", [("Ostby", "LOC")], "PERSON"),
    ],
)
def test_what_is_said_of_a_person_does_not_make_a_person_of_the_place(
    text: str, seen: list[tuple[str, str]], label: str
) -> None:
    assert names(text, *seen)[-1][1] == label


def test_whom_somebody_turns_from_or_shouts_at_is_no_place() -> None:
    text = "so Tembo said. They kept apart from Tembo, and Tembo left"
    assert names(text, *[("Tembo", "PERSON")] * 3)[0] == ("Tembo", "PERSON")
    assert names("so trains from Ostby stopped", ("Ostby", "PERSON")) == [("Ostby", "LOC")]


def test_what_has_his_or_her_own_things_is_a_person() -> None:
    text = "Kalpana Surve sheltered with her three children"
    assert names(text, ("Kalpana Surve", "LOC")) == [("Kalpana Surve", "PERSON")]
    assert names("Lake Placid emptied into her cellar", ("Lake Placid", "LOC")) == [("Lake Placid", "LOC")]
    assert names("Norr County sheltered her children", ("Norr County", "LOC")) == [("Norr County", "ORG")]


def test_the_agency_of_a_dateline_is_nobody() -> None:
    assert names("PORT NORR (Meridian) - The voice said so", ("Meridian", "ORG")) == []
    assert names("Port Norr (Meridian) said so", ("Meridian", "ORG")) == [("Meridian", "ORG")]


def test_the_rest_of_a_name_that_stands_whole_elsewhere_belongs_to_it() -> None:
    text = "so German Ortega sang, and Freddy Ortega danced. German Ortega says that it rained"
    seen = [("German Ortega", "PERSON"), ("Freddy Ortega", "PERSON"), ("German", "LOC"), ("Ortega", "PERSON")]
    assert names(text, *seen) == [(name, "PERSON") for name in ("German Ortega", "Freddy Ortega", "German Ortega")]
    text = "so Solent & Western Ferries bid. He praised Solent & Western’s offer"
    seen = [("Solent & Western Ferries", "ORG"), ("Solent", "PERSON"), ("Western", "LOC")]
    assert names(text, *seen) == [("Solent & Western Ferries", "ORG"), ("Solent & Western", "ORG")]


def test_a_surname_that_is_a_trade_stays_one_behind_an_office() -> None:
    assert names("so governor Ada Brewer spoke", ("Ada Brewer", "ORG")) == [("Ada Brewer", "PERSON")]
    assert names("so Norr Brewer fell", ("Norr Brewer", "ORG")) == [("Norr Brewer", "ORG")]
