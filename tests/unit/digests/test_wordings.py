"""How outlets word one claim."""

from hypothesis import given
from hypothesis import strategies as st

from bot.digests.wordings import diff, wordings_of
from bot.model.claims import Kind, Wording
from bot.model.digests import DigestClaim
from bot.model.wordings import Part

WHOLE = "We have looked at every invoice since 2019, and we found no evidence of wrongdoing anywhere"


def said(number: int, outlet: str, cue: str, content: str, verbatim: Wording = Wording.VERBATIM) -> DigestClaim:
    return DigestClaim(number, "Ana Pohl", None, content, Kind.STATEMENT, verbatim, 0.9, outlet, "", cue=cue)


def test_who_cut_the_quotation_is_seen() -> None:
    claims = [
        said(1, "Courier", "said", "we found no evidence of wrongdoing anywhere"),
        said(2, "Meridian", "stressed", WHOLE),
        said(3, "Echo", "said", "The town hall will be painted in the spring"),
    ]
    found = wordings_of(1, claims)
    assert found is not None
    assert found.fullest.outlet == "Meridian"
    (other,) = found.others
    assert (other.claim.outlet, other.cuts_quotation) == ("Courier", True)
    assert [run.part for run in other.runs] == [Part.LEFT_OUT, Part.BOTH]
    assert found.cues_differ


def test_a_paraphrase_is_compared_word_by_word_and_cuts_nothing() -> None:
    paraphrase = said(2, "Echo", "questioned", "the council was hiding the true cost", Wording.PARAPHRASED)
    found = wordings_of(2, [said(1, "Courier", "slammed", "The council is hiding the true cost"), paraphrase])
    assert found is not None
    (other,) = found.others
    assert not other.cuts_quotation
    assert [(run.part, run.words) for run in other.runs] == [
        (Part.BOTH, "the council"),
        (Part.LEFT_OUT, "is"),
        (Part.ADDED, "was"),
        (Part.BOTH, "hiding the true cost"),
    ]
    assert found.cues_differ


def test_a_claim_that_is_gone_has_no_wordings() -> None:
    assert wordings_of(9, [said(1, "Courier", "said", WHOLE)]) is None


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_difference_holds_all_words_of_both(first: str, second: str) -> None:
    runs = diff(first, second)
    kept = " ".join(run.words for run in runs if run.part is not Part.LEFT_OUT)
    assert kept.split() == second.split()
    left = [word for run in runs if run.part is Part.LEFT_OUT for word in run.words.split()]
    assert len(left) <= len(first.split())
