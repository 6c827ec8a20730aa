"""Whether a description fits a role: by its words, and those within them."""

import pytest

from bot.extraction.actors.agreement import fit, words_of_role
from bot.extraction.actors.known_actors import Member
from bot.model.claims import ActorType


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("Singer-songwriter", {"singer-songwriter", "singer", "songwriter"}),
        ("ex-spy", {"ex-spy", "former", "spy"}),
        ("Vice-President", {"vice-president"}),
        ("Sen.", {"senator"}),
        (None, set()),
    ],
)
def test_a_role_is_known_by_the_words_within_its_words(role: str | None, words: set[str]) -> None:
    assert words_of_role(role) == words


def test_who_holds_an_office_fits_better_than_who_held_it() -> None:
    holder = Member("Lena Wuh", ActorType.PERSON, "sheriff")
    before = Member("Art Dugan", ActorType.PERSON, "former sheriff")
    assert fit(holder, "sheriff", [], plural=False) > fit(before, "sheriff", [], plural=False) > 0
    assert fit(holder, "mayor", [], plural=False) == 0
