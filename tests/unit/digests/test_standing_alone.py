"""What can be shown without its article: words that somebody said, and that need nothing around them."""

from dataclasses import replace

import pytest

from bot.digests.compose import compose
from bot.digests.standing_alone import is_said, standing
from bot.model.claims import Wording
from tests.unit.digests.samples import MINIMUM, NOW, ZONE, article, claim, composed


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
        ("has heard", False),
    ],
)
def test_a_writers_guess_and_what_happens_to_somebody_are_not_said(cue: str, said: bool) -> None:
    assert is_said("Elena Marsh", cue, Wording.PARAPHRASED) is said
    assert is_said("Elena Marsh", cue, Wording.VERBATIM)


def test_what_a_court_heard_was_said_there() -> None:
    assert is_said("Dunmore crown court", "has heard", Wording.PARAPHRASED)
    assert not is_said("neighbours", "heard", Wording.PARAPHRASED)


def test_a_speaker_who_speaks_of_another_like_themselves_names_somebody_unknown() -> None:
    her = replace(claim(1, "Carol Dent", "she had told her only last week"), verbatim=Wording.PARAPHRASED)
    assert standing(replace(her, refers_to="Carol Dent")) == 0.5
    dam = replace(her, content="she had told her deputy only last week", refers_to="Carol Dent")
    assert standing(dam) == 1


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
        "One … “She felt more at home in the water than on land”",
    ],
)
def test_what_leans_on_the_words_before_it_is_not_complete(content: str) -> None:
    assert standing(claim(1, "Elena Marsh", content)) == 0


def test_the_same_of_something_named_is_complete() -> None:
    assert standing(claim(1, "Elena Marsh", "the same engineers who built the dam repaired it")) == 1


@pytest.mark.parametrize(
    ("content", "cue", "worth"),
    [
        ("the incident happened when the gates were opened", "said", 0.5),
        ("the dam was never in danger during the flood", "said", 1),  # a word of the headline
        ("the gates of the old dam were closed", "said", 1),
        ("to return to the council", "did not want", 0.5),
        ("to return to the council", "wants", 1),
        ("to leave the council in May", "finally decided", 0.5),
        ("those who live below the dam were told at once,”", "said", 1),  # a comma before the marks closes them
        ("there were two engineers in Dunmore on Monday night", "said", 1),
        ("no decision on the dam was made", "said", 1),
        ("those were told at once in Dunmore", "said", 0),
        ("a halt to the work at the dam", "called", 0),
        ("Dunmore would reduce that number to 40", "said", 0.5),
        ("Dunmore could not pay for these works", "said", 0.5),
        ("Dunmore would pay for it this year", "said", 1),
        ("Dunmore paid for that dam", "said", 1),  # a word of the headline
        ("the new plan of the council", "described", 0),
        ("new gates … that the council would buy a pump in Oslo", "said", 0),
        ("stop Dunmore if you have heard this", "said", 0.5),
        ("the lorry hit the gates of the dam", "said", 1),  # a headline makes clear which
        ("I would not walk again without a stick", "said", 0),
        ("it was ‘the worst that I could think of’", "said", 0),
        ("the winch was ‘the worst that I could think of’", "said", 1),
        ("I will open the gates of the dam", ":", 1),
        ("speculators had driven them up since May", "said", 0.5),
        ("the plan of the council to save them cost a million", "said", 1),
        ("the council had agreed to it", "said", 0),
        ("the council would repair the dam and open the road across it", "said", 1),
        ("oh, then the dam is fine", "said", 0),
        ("after six weeks the road will be theirs", "said", 0.5),
        ("a change that … would save the council a million", "say", 1),
        ("income tax stays the … Fuel tax rises in May", "said", 0),
        ("the senator had been joking", "said", 0.5),
        ("the dam had been leaking", "said", 1),  # a word of the headline
        ("the senator was Ada Quist", "said", 1),
        ("the sentence was taken out of context by the council", "said", 0.5),
        ("Dunmore to win the cup", "had expected", 0.5),
        ("the new plan of the council as a gamble", "described", 1),
        ("the gates would open on Friday, when", "said", 0),
        ("the plan a disgrace for the town", "called", 1),
        ("a halt to the work at the dam", "called for", 1),
    ],
)
def test_what_is_not_named_or_only_in_mind_stands_half_and_a_deed_not_at_all(
    content: str, cue: str, worth: float
) -> None:
    told = replace(claim(1, "Elena Marsh", content, verbatim=Wording.PARAPHRASED), cue=cue)
    assert standing(told, {"dam"}) == worth


def test_what_another_tells_as_i_is_not_shown_even_if_nothing_else_is() -> None:
    told = replace(
        claim(1, "doctors", "I would not walk again without a stick", verbatim=Wording.PARAPHRASED), cue="said"
    )
    assert composed([article(1, 7, "The Courier", [told])]) is None


def test_what_leans_is_passed_over_even_if_less_is_shown() -> None:
    whole = claim(1, "Elena Marsh", "the gates of the dam in Dunmore were opened at midnight")
    leans = claim(2, "Nils Berg", "it was never in danger of breaking")
    digest = composed([article(1, 7, "The Courier", [leans, whole])])
    assert digest is not None
    (story,) = digest.stories
    assert [one.claim.claim_id for one in story.claims] == [1]
    assert story.claims_left_out == 1
    digest = composed([article(1, 7, "The Courier", [leans, replace(leans, claim_id=3, actor="Tom Okafor")])])
    assert digest is not None
    (story,) = digest.stories
    assert story.claims == ()
    assert story.claims_left_out == 2


def test_what_nobody_says_is_not_shown() -> None:
    guessed = replace(
        claim(1, "Tom Okafor", "the dam in Dunmore was never in danger", verbatim=Wording.PARAPHRASED),
        cue="apparently believed",
    )
    told = claim(2, "Nils Berg", "water seeped through a joint of the dam", verbatim=Wording.PARAPHRASED)
    one = article(1, 7, "The Courier", [guessed, told])
    shown = compose([one], NOW, timezone=ZONE, minimum_confidence=MINIMUM).digest
    assert shown is not None
    assert [m.claim.claim_id for m in shown.stories[0].claims] == [2]
    assert shown.stories[0].claims_left_out == 0
    alone = replace(one, claims=(guessed,))
    assert compose([alone], NOW, timezone=ZONE, minimum_confidence=MINIMUM).digest is None


def test_what_is_only_cited_says_nothing() -> None:
    said = replace(claim(1, "The Mirror", "confidential papers of the engine maker"), verbatim=Wording.PARAPHRASED)
    assert standing(replace(said, cue="cited")) == 0.0
    assert standing(replace(said, cue="cited", content="papers which show that the engine failed")) == 1.0


@pytest.mark.parametrize(
    ("content", "wording", "refers_to", "stands"),
    [
        ("that he vetoed the repair", Wording.PARAPHRASED, "He", 1.0),
        ("that he vetoed the repair", Wording.PARAPHRASED, None, 0.0),
        ("it's clear that the towns cannot cope", Wording.VERBATIM, None, 1.0),
        ("it is time for users to move on", Wording.PARAPHRASED, None, 1.0),
        ("it was too early to name a date", Wording.PARAPHRASED, None, 1.0),
        ("it is expected to close in May", Wording.PARAPHRASED, None, 0.0),
        ("it is in talks with two rivals", Wording.PARAPHRASED, None, 0.0),
        ("her party had backed the idea", Wording.PARAPHRASED, None, 1.0),
        ("her to resign before the vote", Wording.PARAPHRASED, None, 0.0),
        ("“I told everyone I could think of”", Wording.VERBATIM, None, 1.0),
        ("the plan everyone can think of", Wording.PARAPHRASED, None, 0.0),
        ("the plan will go ahead because.", Wording.PARAPHRASED, None, 0.0),
    ],
)
def test_a_pronoun_for_the_speaker_and_one_that_means_nothing_lean_on_nothing(
    content: str, wording: Wording, refers_to: str | None, stands: float
) -> None:
    said = replace(claim(1, "Crispin Holderness-Vane", content), verbatim=wording, refers_to=refers_to)
    assert standing(said) == stands
