import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.claims import content_line, digest_claim, heading
from bot.delivery.readable import shown_words
from bot.model.claims import Kind, Wording
from bot.model.digests import MergedClaim
from bot.text.clipping import length
from tests.unit.delivery.samples import MARSH, nasty


def test_a_verbatim_claim_is_a_block_quote_in_curly_marks_with_its_outlet_linked() -> None:
    assert digest_claim(MergedClaim(MARSH), 300) == (
        "**Elena Marsh** (mayor of Dunmore)\n"
        "> “The dam was never in danger”\n"
        "-# [The Courier](https://courier.example/1)"
    )


def test_a_paraphrase_is_labelled_and_has_no_marks() -> None:
    claim = replace(MARSH, verbatim=Wording.PARAPHRASED, content="the dam was never in danger", kind=Kind.DENIAL)
    shown = digest_claim(MergedClaim(claim), 300)
    assert (
        "**Elena Marsh** (mayor of Dunmore) · *denies* · *paraphrased*\n≈ The dam was never in danger\n" in shown
    )
    assert "“" not in shown
    assert "\n>" not in shown


def test_mixed_words_keep_their_own_marks() -> None:
    assert content_line("an inquiry would be “a waste of time”", Wording.MIXED, 300) == (
        "≈ An inquiry would be “a waste of time”"
    )
    claim = replace(MARSH, actor="Marsh", role=None, kind=Kind.OPINION, verbatim=Wording.MIXED)
    assert heading(claim) == "**Marsh** · *opinion* · *partly quoted*"


def test_an_unknown_speaker_is_shown_as_unknown() -> None:
    assert heading(replace(MARSH, actor=None)) == "*Unknown speaker*"
    assert heading(replace(MARSH, actor="\u200b", role=None)) == "*Unknown speaker*"


def test_a_role_that_only_says_the_name_again_is_left_out() -> None:
    assert heading(replace(MARSH, actor="one juror", role="One juror")) == "**One juror**"


def test_whoever_passes_a_claim_on_is_named() -> None:
    told = replace(MARSH, role=None, told_by=("Owen Pike", "The Courier"))
    assert heading(told) == "**Elena Marsh** · *as told by Owen Pike, via The Courier*"


def test_what_was_taken_back_says_so_first() -> None:
    claim = replace(MARSH, role=None, taken_back="later retracted", kind=Kind.DENIAL)
    assert heading(claim) == "**Elena Marsh** · *taken back* · *denies*"


@pytest.mark.parametrize(
    ("due", "due_on", "shown"),
    [
        ("by March 2027", date(2027, 3, 31), "*by March 2027*"),
        ("within two years", date(2028, 7, 18), "*within two years (by 18 July 2028)*"),
        ("before the election", None, "*before the election*"),
    ],
)
def test_a_promise_says_until_when(due: str, due_on: date | None, shown: str) -> None:
    claim = replace(MARSH, role=None, kind=Kind.PROMISE, due=due, due_on=due_on)
    assert heading(claim) == f"**Elena Marsh** · *promises* · {shown}"


def test_a_chain_in_another_outlet_is_not_lost() -> None:
    other = replace(MARSH, outlet="The Ferry Post", url="https://ferry.example/1", told_by=("Owen Pike",))
    shown = digest_claim(MergedClaim(MARSH, (other,)), 300)
    assert shown.endswith(" · also in [The Ferry Post](https://ferry.example/1) (as told by Owen Pike)")


@given(nasty, nasty, nasty)
def test_labels_from_outside_are_harmless(teller: str, words: str, due: str) -> None:
    claim = replace(MARSH, told_by=(teller, teller), taken_back=words, due=due, kind=Kind.PROMISE)
    shown = heading(claim)
    assert re.search(r"@(?:everyone|here)|(?<!\\)<[@#]", shown, re.IGNORECASE) is None
    assert length(shown) < 2_000


def test_other_outlets_of_the_same_claim_are_named_and_counted() -> None:
    others = tuple(replace(MARSH, outlet=f"Paper {n}", url=f"https://p{n}.example/") for n in range(6))
    shown = digest_claim(MergedClaim(MARSH, others), 300)
    assert " · also in [Paper 0](https://p0.example/), " in shown
    assert shown.endswith("[Paper 3](https://p3.example/) and 2 more")


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("“We won.”", "We won."),
        ('"We won"', "We won"),
        ("« Gagné »", "Gagné"),
        ("„Gewonnen“", "Gewonnen"),
        ("“We won”.", "We won"),
        ("“We won, and", "We won, and"),
        ("and we won”", "and we won"),
        ("“We won,” … “and will again”", "We won,” … “and will again"),
        ("'Tis over", "'Tis over"),
        ('"We won," … "and will again."', "We won,” … “and will again."),
        ("“", "…"),
        ("", "…"),
    ],
)
def test_verbatim_words_lose_the_marks_around_them(content: str, shown: str) -> None:
    assert shown_words(content, Wording.VERBATIM) == shown


def test_paraphrases_lose_only_marks_around_the_whole_so_that_they_do_not_look_verbatim() -> None:
    assert shown_words("“the dam is safe”", Wording.PARAPHRASED) == "The dam is safe"
    assert shown_words("“safe” is what the dam is", Wording.MIXED) == "“safe” is what the dam is"
    assert shown_words("“safe” and “sound”", Wording.MIXED) == "“safe” and “sound”"


def test_scraped_text_gets_its_spaces_and_its_capital_back_and_no_other_word() -> None:
    scraped = "the armed forces maintained their initiative ThursdayThe aim is eliminating groups"
    assert shown_words(scraped, Wording.VERBATIM) == (
        "The armed forces maintained their initiative Thursday The aim is eliminating groups"
    )


def test_names_with_a_capital_inside_and_small_first_letters_are_kept() -> None:
    assert shown_words("iPhones sell", Wording.PARAPHRASED) == "iPhones sell"
    assert shown_words("reckless", Wording.VERBATIM) == "reckless"


@given(nasty, st.sampled_from([Wording.VERBATIM]), st.sampled_from([Wording.PARAPHRASED, Wording.MIXED]))
def test_verbatim_and_paraphrase_never_look_alike(content: str, verbatim: Wording, other: Wording) -> None:
    assert content_line(content, verbatim, 300).startswith("> “")
    assert content_line(content, verbatim, 300).endswith("”")
    assert content_line(content, other, 300).startswith("≈ ")


@pytest.mark.parametrize(
    ("content", "wording", "shown"),
    [
        ("that the tender had been stuck in court", Wording.PARAPHRASED, "The tender had been stuck in court"),
        ("that day was the worst", Wording.PARAPHRASED, "That day was the worst"),
        ("that holding up the award was wrong", Wording.PARAPHRASED, "Holding up the award was wrong"),
        ("that thing the minister signed", Wording.PARAPHRASED, "That thing the minister signed"),
        ("That Finland would pay", Wording.PARAPHRASED, "Finland would pay"),
        ("That would be wrong", Wording.VERBATIM, "That would be wrong"),
    ],
)
def test_the_that_before_reported_speech_is_not_shown(content: str, wording: Wording, shown: str) -> None:
    assert shown_words(content, wording) == shown
