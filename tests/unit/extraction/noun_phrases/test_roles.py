"""Roles are shown whole or not at all."""

import pytest

from bot.extraction.noun_phrases.roles import shown_role


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("Its chief executive", "chief executive"),
        ("their head coach", "head coach"),
        ("her advocate", None),
        ("his wife and former minister", None),
        ("friend", None),
        ("secretary", None),
        ("expert", None),
        ("The", None),
        ("transport secretary", "transport secretary"),
        ("advocate general", "advocate general"),
        ("mayor", "mayor"),
        ("Sen", "Sen"),
        ("Friend of the court", "Friend of the court"),
        (None, None),
    ],
)
def test_a_role_is_shown_whole_or_not_at_all(role: str | None, shown: str | None) -> None:
    assert shown_role(role) == shown
