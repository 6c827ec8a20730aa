import pytest

from bot.extraction.actors.actor_type import gender_of_person, type_of_name
from bot.model.claims import ActorType


@pytest.mark.parametrize(
    ("name", "label", "kind"),
    [
        ("Russia", "ORG", ActorType.GPE),
        ("Brno", "LOC", ActorType.GPE),
        ("Home Office", "LOC", ActorType.ORG),
        ("Republicans", None, ActorType.GROUP),
        ("NATO", "ORG", ActorType.ORG),
        ("Home Office letter", None, ActorType.DOCUMENT),
    ],
)
def test_names_have_types(name: str, label: str | None, kind: ActorType) -> None:
    assert type_of_name(name, label) is kind


@pytest.mark.parametrize(
    ("name", "title", "role", "gender"),
    [
        ("Kim Lee", "Mrs", None, "f"),
        ("Xq Zz", None, "spokesman", "m"),
        ("Anna Kovacs", None, "spokesman", "f"),
        ("Anna Kovacs", None, "fisherman", "m"),
        ("Anna Kovacs", None, None, "f"),
        ("Jens Stoltenberg", None, None, "m"),
        ("Xq Zz", None, None, None),
    ],
)
def test_gender_comes_from_title_role_or_first_name(
    name: str, title: str | None, role: str | None, gender: str | None
) -> None:
    assert gender_of_person(name, title, role) == gender
