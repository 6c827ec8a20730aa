"""What readers know already, and claims that say something of it."""

import pytest

from bot.digests.known_words import KnownWords, is_clear, is_report_of_known, names_the_unknown, says_of
from bot.model.claims import Wording
from tests.unit.digests.samples import claim

KNOWN = KnownWords("Ukrainian plane lands in Dunmore, mayor says")


@pytest.mark.parametrize("word", ["ukraine", "planes", "landing", "dunmore"])
def test_words_are_known_in_any_form(word: str) -> None:
    assert word in KNOWN


def test_other_words_are_not_known() -> None:
    assert "harbour" not in KNOWN
    assert not KnownWords()


@pytest.mark.parametrize(
    ("content", "unknown"),
    [
        ("the embargo was lifted", True),
        ("Kellow will lift the old embargo.", True),
        ("the Polish pilot was asleep", True),
        ("the plane was late", False),
        ("the economy was weak", False),
        ("the pilot who slept was late", False),
        ("the strongest winds were at noon", False),
        ("the embargo of 1962 was lifted", False),
        ("Kellow lifted an embargo", False),
    ],
)
def test_a_thing_with_the_is_known_if_it_was_named_or_is_one_of_a_kind(content: str, unknown: bool) -> None:
    assert names_the_unknown(content, KNOWN) is unknown


@pytest.mark.parametrize(
    ("content", "early", "first", "clear"),
    [
        ("Dunmore has no airport of its own", False, False, True),
        ("Dunmore had never seen the pilot before", False, False, False),
        ("Dunmore had never seen the pilot before", True, False, True),
        ("No flight is safe in fog", True, True, True),
        ("No flight is safe in fog", True, False, False),
        ("No flight is safe in fog", False, True, False),
        ("Nobody had asked the pilot before", True, True, False),
    ],
)
def test_a_claim_is_clear_if_it_says_something_of_what_is_known(
    content: str, early: bool, first: bool, clear: bool
) -> None:
    told = claim(1, "Nils Berg", content, verbatim=Wording.PARAPHRASED)
    assert is_clear(told, KNOWN, early=early, first=first) is clear


def test_own_words_about_something_else_need_a_name_or_a_figure() -> None:
    assert not is_clear(claim(1, "Nils Berg", "It was done with such love"), KNOWN, early=True, first=True)
    assert is_clear(claim(1, "Nils Berg", "We lost 40 sheep in fog"), KNOWN, early=True, first=True)


def test_a_report_of_a_speaker_in_the_headline_can_be_placed() -> None:
    told = claim(1, "Dunmore council", "Kellow will pay for repairs in May", verbatim=Wording.PARAPHRASED)
    assert not says_of(told.content, KNOWN)
    assert is_report_of_known(told, KNOWN)
    assert not is_report_of_known(claim(1, "Nils Berg", told.content, verbatim=Wording.PARAPHRASED), KNOWN)
