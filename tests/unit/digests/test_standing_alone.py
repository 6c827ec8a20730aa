"""What can be shown without its article: words that somebody said, and that need nothing around them."""

from dataclasses import replace

import pytest

from bot.digests.compose import compose
from bot.digests.standing_alone import is_complete, is_said
from bot.model.claims import Wording
from tests.unit.digests.samples import MINIMUM, NOW, ZONE, article, claim


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        ("said", True),
        ("sent a message saying", True),
        ("was quoted as saying", True),
        ("added", True),
        ("adding", True),
        (":", True),
        ("wrote", True),
        ("yelled", True),
        ("likened", True),
        ("characterized", True),
        ("made it clear", True),
        ("worry", True),
        ("are concerned", True),
        ("is against", True),
        ("is expected", False),
        ("loves", False),
        ("are already set in stone about", False),
        ("came under withering criticism for", False),
        ("sends a clear message", False),
        ("apparently believed", False),
        ("must have thought", False),
        ("continues to ignore", False),
        ("doesn't mind", False),
        ("avoids", False),
    ],
)
def test_a_writers_guess_and_what_happens_to_somebody_are_not_said(cue: str, said: bool) -> None:
    assert is_said("Elena Marsh", cue, Wording.PARAPHRASED) is said
    assert is_said("Elena Marsh", cue, Wording.VERBATIM)


def test_words_in_quotation_marks_count_whatever_the_verb_but_not_a_writers_guess() -> None:
    assert is_said("Elena Marsh", "ventured", Wording.MIXED)
    assert not is_said("Elena Marsh", "sends a clear message", Wording.MIXED)


@pytest.mark.parametrize("name", ["AS Roma", "AT&T", "Or Yehuda", "More O’Ferrall", "The Who"])
def test_names_that_only_look_cut_off_are_names(name: str) -> None:
    assert is_said(name, "said", Wording.PARAPHRASED)


def test_a_speaker_that_was_cut_off_is_nobody() -> None:
    assert not is_said("Or more of its permanent members", "said", Wording.PARAPHRASED)


@pytest.mark.parametrize(
    "content",
    [
        "the same thing, including the former candidate",
        "it will hold until spring",
        "yes, of course",
        "the gates, which",
    ],
)
def test_what_leans_on_the_words_before_it_is_not_complete(content: str) -> None:
    assert not is_complete(claim(1, "Elena Marsh", content))


def test_the_same_of_something_named_is_complete() -> None:
    assert is_complete(claim(1, "Elena Marsh", "the same engineers who built the dam repaired it"))


def test_what_nobody_says_is_not_shown() -> None:
    guessed = replace(
        claim(1, "Tom Okafor", "the dam in Dunmore was never in danger", verbatim=Wording.PARAPHRASED),
        cue="apparently believed",
    )
    told = claim(2, None, "water seeped through a joint last winter", verbatim=Wording.PARAPHRASED)
    one = article(1, 7, "The Courier", [guessed, told])
    shown = compose([one], NOW, timezone=ZONE, minimum_confidence=MINIMUM).digest
    assert shown is not None
    assert [m.claim.claim_id for m in shown.stories[0].claims] == [2]
    assert shown.stories[0].claims_left_out == 0
    alone = replace(one, claims=(guessed,))
    assert compose([alone], NOW, timezone=ZONE, minimum_confidence=MINIMUM).digest is None
