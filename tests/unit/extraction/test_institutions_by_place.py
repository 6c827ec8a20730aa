"""Institutions called by the place in which they sit are organisations, whatever the name finder took them for."""

import pytest
from spacy.language import Language

from bot.extraction.pipeline import extract
from bot.extraction.wordlists.institutions_by_place import OTHER_NAMES
from bot.model.claims import ActorType


def types_of(nlp: Language, text: str) -> dict[str, ActorType]:
    return {actor.name: actor.type for actor in extract(nlp, text).actors}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Kremlin said the strikes would go on. The Kremlin denied the report.", "Kremlin"),
        ("Kremlin: We will not pay. “We wait,” the Kremlin said.", "Kremlin"),
        ("Downing Street said the prime minister had full confidence in his chancellor.", "Downing Street"),
        ("“He will not come,” Matignon said.", "Matignon"),
        ("The Quai d'Orsay said it was surprised.", "Quai d'Orsay"),
        ("Palazzo Chigi said it was surprised.", "Palazzo Chigi"),
        ("Holyrood said it would fight the cuts.", "Holyrood"),
    ],
)
def test_an_institution_called_by_its_place_is_an_organisation(nlp: Language, text: str, name: str) -> None:
    assert types_of(nlp, text) == {name: ActorType.ORG}


def test_names_of_one_institution_are_one_actor(nlp: Language) -> None:
    text = "The Elysee said the president would travel. The Élysée Palace denied the report."
    assert types_of(nlp, text) == {"Élysée Palace": ActorType.ORG}
    text = "“We are not going,” Downing Street said. “Nobody asked us,” No 10 added."
    assert types_of(nlp, text) == {"Downing Street": ActorType.ORG}


def test_a_spokesman_is_not_the_institution(nlp: Language) -> None:
    found = types_of(nlp, "The Kremlin's spokesman, Dmitry Orlov, said talks were possible.")
    assert found == {"Dmitry Orlov": ActorType.PERSON}


def test_a_person_of_the_same_name_stays_a_person(nlp: Language) -> None:
    found = types_of(nlp, "Anna Holyrood said she saw it. Holyrood said it was loud.")
    assert found == {"Anna Holyrood": ActorType.PERSON}


def test_other_names_lead_to_each_other() -> None:
    assert all(name in OTHER_NAMES[other] for name, others in OTHER_NAMES.items() for other in others)
    assert OTHER_NAMES["no 10"] == ("downing street", "10 downing street", "number 10", "number ten")
