from typing import Any

import pytest

from bot.extraction.actors.agreement import agreement, restored_possessives
from bot.extraction.actors.gathered_cast import Named, gather
from bot.extraction.actors.known_actors import Cast, Member
from bot.extraction.noun_phrases.roles import name_tail, role_after, role_before
from bot.extraction.noun_phrases.spelling import is_acronym
from bot.model.claims import ActorType


def person(position: int, name: str, **given: Any) -> Named:
    return Named(position, name, "PERSON", **given)


def known(member: Member | None) -> Member:
    assert member is not None
    return member


def strength(member: Member, pronoun: str) -> float:
    found = agreement(member, pronoun)
    assert found is not None
    return found


def names_of(cast: Cast) -> dict[str, list[str]]:
    return {member.name: list(member.aliases) for member in cast.members}


def test_a_surname_means_the_fullest_name_that_ends_in_it() -> None:
    cast = gather([person(50, "Kovacs"), person(0, "Anna Kovacs"), person(80, "Anna")], [])
    assert names_of(cast) == {"Anna Kovacs": ["Kovacs", "Anna"]}
    assert cast.members[0].mentions == [0, 50, 80]


def test_initials_and_middle_names_do_not_part_a_person() -> None:
    assert names_of(gather([person(0, "Joseph R. Biden"), person(9, "Joseph Biden")], [])) == {
        "Joseph R. Biden": ["Joseph Biden"]
    }


def test_two_people_of_one_surname_stay_two_and_the_last_to_speak_is_meant() -> None:
    cast = gather([person(0, "Bill Clinton"), person(40, "Hillary Clinton")], [])
    assert known(cast.person("Clinton", 60)).name == "Hillary Clinton"
    known(cast.named("Bill Clinton")).speaks.append(0)
    assert known(cast.person("Clinton", 60)).name == "Bill Clinton"
    assert known(cast.person("Clinton", 60, "f")).name == "Hillary Clinton"


def test_words_taken_into_a_name_by_mistake_are_cut_off() -> None:
    cast = gather(
        [person(0, "Elizabeth Warren Hammers"), person(50, "Elizabeth Warren"), person(70, "Elizabeth Warren")], []
    )
    assert names_of(cast) == {"Elizabeth Warren": []}


def test_an_acronym_means_the_country() -> None:
    cast = gather([Named(0, "United States", "LOC"), Named(30, "U.S.", "LOC"), Named(60, "Uganda", "LOC")], [])
    assert names_of(cast) == {"United States": ["U.S."], "Uganda": []}


def test_it_is_rather_a_country_than_a_town() -> None:
    russia, town = Member("Russia", ActorType.GPE), Member("Oldby", ActorType.GPE)
    company = Member("Norr Steel", ActorType.ORG)
    assert strength(company, "it") > strength(russia, "it") > strength(town, "it")


def test_a_double_surname_does_not_cut_off_the_given_name() -> None:
    cast = gather([person(0, "Marine Le Holm"), person(50, "Le Holm"), person(70, "Le Holm")], [])
    assert names_of(cast) == {"Marine Le Holm": ["Le Holm"]}


def test_an_acronym_and_a_part_mean_the_organisation() -> None:
    cast = gather(
        [
            Named(0, "Consumer Finance Bureau", "ORG"),
            Named(30, "CFB", "ORG"),
            Named(60, "Washington Post", "ORG"),
            Named(90, "Post", "ORG"),
        ],
        [],
    )
    assert names_of(cast) == {"Consumer Finance Bureau": ["CFB"], "Washington Post": ["Post"]}


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("U.N.", "United Nations", True),
        ("CFPB", "Consumer Financial Protection Bureau", True),
        ("UN", "Universal", False),
    ],
)
def test_acronyms_are_initials(short: str, full: str, same: bool) -> None:
    assert is_acronym(short, full) is same


def test_roles_stand_before_and_after_names() -> None:
    text = "The former defence minister Anna Kovacs met Bo Ray, the chief executive of Norr, on Monday."
    assert role_before(text, text.index("Anna")) == "former defence minister"
    assert role_after(text, text.index("Ray") + 3) == "chief executive of Norr"
    assert role_before(text, text.index("Bo")) is None
    assert role_after(text, text.index("Kovacs") + 6) is None


def test_a_role_stands_behind_a_dash_and_ends_where_a_clause_begins() -> None:
    text = "Much for Kovacs - the first-term senator from Norrland who fears Ray – not a rival"
    assert role_after(text, text.index("Kovacs") + 6) == "first-term senator from Norrland"
    assert role_after(text, text.index("Ray") + 3) is None


def test_a_name_goes_on_over_of_and_for() -> None:
    assert name_tail("Coast Observatory", " for Birds and Seals welcomed") == " for Birds and Seals"
    assert name_tail("Anna Kovacs", " of Brno") == ""
    assert name_tail("Court", " said") == ""


def test_possessives_get_their_apostrophe_back_only_in_text_without_any() -> None:
    assert restored_possessives("Russias goal and Russia", ["Russia"]) == {"Russias": "Russia's"}
    assert restored_possessives("all shotTajikistans envoy and Wales", []) == {"Tajikistans": "Tajikistan's"}
    assert restored_possessives("Russias goal isn't Russia", ["Russia"]) == {}
    assert restored_possessives("The Deseret News of New York", ["New York"]) == {}


@pytest.mark.parametrize(
    ("kind", "gender", "plural", "fitting"),
    [
        (ActorType.PERSON, "m", False, {"he"}),
        (ActorType.PERSON, None, False, {"he", "she"}),
        (ActorType.ORG, None, False, {"it", "they"}),
        (ActorType.GROUP, None, True, {"they"}),
        (ActorType.DOCUMENT, None, False, {"it"}),
    ],
)
def test_pronouns_agree_in_number_and_gender(
    kind: ActorType, gender: str | None, plural: bool, fitting: set[str]
) -> None:
    member = Member("X", kind, gender=gender, plural=plural)
    assert {word for word in ("he", "she", "it", "they", "you") if agreement(member, word) is not None} == fitting


@pytest.mark.parametrize("suffix", ["III", "Jr.", "IV"])
def test_a_surname_means_the_person_whose_name_ends_in_a_number_or_junior(suffix: str) -> None:
    cast = gather([Named(0, f"Brent Oakley {suffix}", "PERSON")], [])
    found = cast.person("Oakley", 50)
    assert found is not None
    assert found.name == f"Brent Oakley {suffix}"


def test_junior_is_not_his_father() -> None:
    cast = gather([Named(0, "Brent Oakley", "PERSON"), Named(30, "Brent Oakley Jr.", "PERSON")], [])
    found = cast.person("Oakley", 50)
    assert found is not None
    assert found.name == "Brent Oakley"
