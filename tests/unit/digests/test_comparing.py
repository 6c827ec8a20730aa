"""What two actors both said: only what means the same whoever says it."""

import pytest

from bot.digests.comparing import said_by_both
from bot.model.claims import Kind
from bot.model.digests import DigestClaim
from tests.unit.digests.samples import claim


def pairs(first: list[DigestClaim], second: list[DigestClaim]) -> list[tuple[str, str]]:
    return [(one.content, other.content) for one, other in said_by_both(first, second)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The dam is safe", "the dam is safe."),
        ("The ceasefire will hold until Friday", "That the ceasefire would hold until Friday"),
        ("Taxes on fuel must fall by 5 percent", "taxes on fuel must fall by 5%"),
    ],
)
def test_equal_claims_of_two_actors_are_found_however_they_were_printed(one: str, other: str) -> None:
    assert pairs([claim(1, "Ada Quist", one)], [claim(2, "Nils Berg", other)]) == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I will resign on Friday evening", "I will resign on Friday evening"),
        ("Our party will win this election", "Our party will win this election"),
        ("They will rebuild the old harbour", "They will rebuild the old harbour"),
        ("The dam is safe for the valley", "The dam is not safe for the valley"),
        ("Taxes on fuel must fall by 5 percent", "Taxes on fuel must fall by 7 percent"),
        ("The dam", "The dam"),
        ("", ""),
    ],
)
def test_what_means_something_else_is_not_found(one: str, other: str) -> None:
    assert pairs([claim(1, "Ada Quist", one)], [claim(2, "Nils Berg", other)]) == []


def test_a_denial_is_not_the_same_as_what_it_denies() -> None:
    words = "The harbour fund paid for the yacht"
    assert pairs([claim(1, "Ada Quist", words)], [claim(2, "Nils Berg", words, kind=Kind.DENIAL)]) == []


def test_what_was_said_often_is_found_once() -> None:
    words = "The ceasefire will hold until Friday"
    ours = [claim(1, "Ada Quist", words), claim(2, "Ada Quist", words + ".")]
    theirs = [claim(3, "Nils Berg", words), claim(4, "Nils Berg", words)]
    ((one, other),) = said_by_both(ours, theirs)
    assert (one.claim_id, other.claim_id) == (1, 3)
