"""What the text calls "its" or names as a firm elsewhere is no person."""

import pytest

from bot.extraction.names.entity import Entity
from bot.extraction.names.firm_names import with_firms


def labels(text: str, *names: tuple[str, str]) -> list[str]:
    entities = []
    at = 0
    for name, label in names:
        at = text.index(name, at)
        entities.append(Entity(at, at + len(name), label))
        at += len(name)
    return [entity.label for entity in with_firms(text, entities)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kvarn Motors grew. She called on Kvarn to wait.", (("Kvarn Motors", "ORG"), ("Kvarn", "PERSON"))),
        ("Corvin Tolle, which owns the ship, waits.", (("Corvin Tolle", "PERSON"),)),
        ("Corvin Tolle of Piraeus said its ship was safe.", (("Corvin Tolle", "PERSON"),)),
        ("Corvin Tolle said in a statement that its ship was safe.", (("Corvin Tolle", "PERSON"),)),
    ],
)
def test_a_firm_is_no_person(text: str, names: tuple[tuple[str, str], ...]) -> None:
    text = text.replace(" of Piraeus", "")
    assert set(labels(text, *names)) == {"ORG"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The Quist Administration fell. Quist denied it.",
            (("Quist Administration", "ORG"), ("Quist", "PERSON")),
        ),
        (
            "Kvarn Motors grew. Ida Kvarn left. Kvarn denied it.",
            (("Kvarn Motors", "ORG"), ("Ida Kvarn", "PERSON"), ("Kvarn", "PERSON")),
        ),
        ("Kvarn Motors grew. Mr Kvarn denied it.", (("Kvarn Motors", "ORG"), ("Kvarn", "PERSON"))),
        ("Suu Tolle said it was too early.", (("Suu Tolle", "PERSON"),)),
        ("Anna Tolle said its door was shut.", (("Anna Tolle", "PERSON"),)),
    ],
)
def test_a_person_stays_one(text: str, names: tuple[tuple[str, str], ...]) -> None:
    assert labels(text, *names) == [label for _, label in names]
