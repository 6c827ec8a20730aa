"""“Which” at the start of a content means the noun phrase before it, if one stands there."""

import pytest

from bot.delivery.readable import shown_words
from bot.extraction.claims.relative_contents import with_what_which_means
from bot.model.claims import Wording
from tests.unit.extraction.spoken import marked, slice_of


def meant(text: str) -> str | None:
    words, claim, _ = marked(text)
    (found,) = with_what_which_means([claim], words)
    return slice_of(words, found.refers_to)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "Dale wants to repeal the Harbour Act, <which> [he] {called} <archaic and burdensome>.",
            "the Harbour Act",
        ),
        ("It drags on under a rarely used rule, <which> [an aide] {said} <is new>.", "a rarely used rule"),
        ("They dismissed Dale’s latest plan, <which> [Holm] {called} <a “disgrace”>.", "Dale’s latest plan"),
    ],
)
def test_it_means_the_noun_phrase_before_it(text: str, what: str) -> None:
    assert meant(text) == what


@pytest.mark.parametrize(
    "text",
    [
        "The mayor fired him, <which> [Holm] {said} <was wrong>.",
        "The eels are gone, <which> [Holm] {said} <was wrong>.",
        "The city closed the market in the spring, <which> [Holm] {said} <was wrong>.",
        "The market in <which> [Holm] {said} <eels were sold> is shut.",
        "[Holm] {asked} <which eels were sold>.",
    ],
)
def test_behind_a_clause_it_may_mean_anything(text: str) -> None:
    assert meant(text) is None


def test_it_is_shown_in_brackets() -> None:
    shown = shown_words("which … archaic and burdensome", Wording.PARAPHRASED, "the Harbour Act")
    assert shown == "[the Harbour Act] archaic and burdensome"
