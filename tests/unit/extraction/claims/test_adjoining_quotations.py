"""Quotations with only marks between them go to one speaker, if the linker gave them to two."""

from dataclasses import replace

from bot.extraction.claims.adjoining_quotations import with_adjoining_quotations
from bot.model.claims import Claim, Span
from tests.unit.extraction.spoken import marked


def two_claims(first: str, second: str) -> tuple[str, list[Claim], list[Span]]:
    """Return a text in which the parts of two claims are marked, each in a copy of its own."""
    words, one, sentences = marked(first)
    again, other, _ = marked(second)
    assert words == again
    return words, [one, other], sentences


def contents(first: str, second: str) -> list[list[str]]:
    words, claims, sentences = two_claims(first, second)
    found = with_adjoining_quotations(claims, words, sentences)
    return [[words[start:end] for start, end in claim.content] for claim in found]


def test_a_quotation_stays_with_the_one_before_it_and_not_with_a_speaker_further_up() -> None:
    mine = "“I told him,” Holm said. Later [Dahl] {said} only: “<He talks.> “He does what he likes.”"
    far = "“<I told him>,” [Holm] {said}. Later Dahl said only: “He talks. “<He does what he likes.>”"
    assert contents(far, mine) == [["I told him"], ["He talks.", "He does what he likes."]]


def test_a_quotation_whose_sentence_is_over_is_no_part_of_the_next_report() -> None:
    mine = "“<We are sorry>,” [Holm] {wrote}. “<It was wrong.>” “Sad times.” The bank said it would pay."
    next_one = "“We are sorry,” Holm wrote. “It was wrong.” “<Sad times.>” [The bank] {said} <it would pay>."
    assert contents(mine, next_one) == [["We are sorry", "It was wrong.", "Sad times."], ["it would pay"]]


def test_evidence_is_of_what_each_says_then() -> None:
    mine = "“I told him,” Holm said. Later [Dahl] {said} only: “<He talks.> “He does what he likes.”"
    far = "“<I told him>,” [Holm] {said}. Later Dahl said only: “He talks. “<He does what he likes.>”"
    words, claims, sentences = two_claims(far, mine)
    holm, _ = with_adjoining_quotations(claims, words, sentences)
    assert words[slice(*holm.evidence)] == "“I told him,” Holm said."


def test_quotations_of_two_paragraphs_may_have_two_speakers() -> None:
    mine = "“I told him,” Holm said.\n\n[Dahl] {disagreed}: “<He talks.>”\n\n“He lies.”"
    far = "“<I told him>,” [Holm] {said}.\n\nDahl disagreed: “He talks.”\n\n“<He lies.>”"
    assert contents(far, mine)[0] == ["I told him", "He lies."]


def test_words_between_two_quotations_keep_them_apart() -> None:
    mine = "“I told him,” Holm said. Later [Dahl] {said} “<he talks>” and that “he does what he likes”."
    far = "“<I told him>,” [Holm] {said}. Later Dahl said “he talks” and that “<he does what he likes>”."
    assert contents(far, mine)[0] == ["I told him", "he does what he likes"]


def test_the_only_content_of_a_claim_is_not_taken_away() -> None:
    mine = "[Dahl] {said} only: “<He talks.> “He does what he likes,” said Holm."
    other = "Dahl said only: “He talks. “<He does what he likes>,” {said} [Holm]."
    assert contents(mine, other) == [["He talks."], ["He does what he likes"]]


def test_a_claim_without_a_cue_stays_as_it_is() -> None:
    words, claim, sentences = marked("HOLM: “<He talks.>” “<He walks.>”")
    bare = replace(claim, cue=())
    assert with_adjoining_quotations([bare], words, sentences) == [bare]
