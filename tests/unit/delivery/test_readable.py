"""A claim as readers see it: its words unchanged, with quotation marks, spaces and capitals fixed."""

from dataclasses import replace

import pytest
from hypothesis import given
from rich.panel import Panel

from bot.delivery.answers import found_claim
from bot.delivery.claims import content_line, digest_claim, speech_details
from bot.delivery.evidence import digest_evidence_message, evidence_embed
from bot.delivery.readable import repaired_words, shown_report, shown_words
from bot.delivery.terminal import evidence_renderable
from bot.model.claims import Wording
from bot.model.digests import MergedClaim
from tests.unit.delivery.samples import EVIDENCE, MARSH, RECORD, nasty

PARAPHRASED, MIXED, VERBATIM = Wording.PARAPHRASED, Wording.MIXED, Wording.VERBATIM


@pytest.mark.parametrize(
    ("cue", "content", "shown"),
    [
        ("refused", "to release the report", "≈ *refused* to release the report"),
        ("called", "The raid a mistake", "≈ *called* the raid a mistake"),
        ("deny", "ramping up activity", "≈ *deny* ramping up activity"),
        ("expressed alarm over", "how fast it grew", "≈ *expressed alarm over* how fast it grew"),
        ("warned", "Russia was near", "≈ *warned* Russia was near"),
        ("ACCUSES", "Lisbon of panic", "≈ *accuses* Lisbon of panic"),
        ("said", "the dam is safe", "≈ The dam is safe"),
        ("has told", "the dam is safe", "≈ The dam is safe"),
        ("citing", "the dam is safe", "≈ The dam is safe"),
        ("as saying", "that the dam is safe", "≈ The dam is safe"),
        ("told", "to leave", "≈ *told* to leave"),
        ("according to", "the dam is safe", "≈ The dam is safe"),
        ("to", "the dam is safe", "≈ The dam is safe"),
        (":", "the dam is safe", "≈ The dam is safe"),
        ("", "the dam is safe", "≈ The dam is safe"),
        ("asked *all*", "why", "≈ *asked \\*all\\** why"),
    ],
)
def test_a_paraphrase_reads_on_from_a_cue_that_says_more_than_said(cue: str, content: str, shown: str) -> None:
    assert content_line(content, PARAPHRASED, 300, cue) == shown


@pytest.mark.parametrize(
    ("content", "refers_to", "shown"),
    [
        ("it would cost jobs", "the takeover", "≈ \\[the takeover\\] would cost jobs"),
        ("that he would resign", "Owen Pike", "≈ \\[Owen Pike\\] would resign"),
        ("They would strike", "@everyone *now*", "≈ \\[@\u200beveryone \\*now\\*\\] would strike"),
        ("italic type is hard to read", "the takeover", "≈ Italic type is hard to read"),
        ("it would cost jobs", None, "≈ It would cost jobs"),
    ],
)
def test_what_an_opening_pronoun_means_stands_in_brackets(content: str, refers_to: str | None, shown: str) -> None:
    assert content_line(content, PARAPHRASED, 300, "said", refers_to=refers_to) == shown
    verbatim = content_line(content, VERBATIM, 300, "said", refers_to=refers_to)
    assert "[" not in verbatim.replace("@", "")


@pytest.mark.parametrize(
    ("cue", "content", "shown"),
    [
        ("denied", "that the dam was late", "≈ *denied* that the dam was late"),
        ("announced", "That the dam is safe", "≈ *announced* that the dam is safe"),
        ("said", "that the dam is safe", "≈ The dam is safe"),
        ("was praised by", "The dam … as “a marvel”", "≈ The dam was praised as “a marvel”"),
        ("According to", "about one dam in ten is safe", "≈ About one dam in ten is safe"),
        ("told", "about the dam", "≈ *told* about the dam"),
        ("commented on", "The fall in prices", "≈ *commented on* the fall in prices"),
        ("explained", "the reasoning behind the plan", "≈ *explained* the reasoning behind the plan"),
        ("explained", "the plan would save money", "≈ The plan would save money"),
    ],
)
def test_a_paraphrase_behind_its_cue_keeps_that(cue: str, content: str, shown: str) -> None:
    assert content_line(content, PARAPHRASED, 300, cue) == shown


def test_a_word_before_a_quotation_is_not_quoted() -> None:
    assert content_line("that “the dam is safe”", VERBATIM, 300) == "> “the dam is safe”"


def test_verbatim_words_stand_alone() -> None:
    assert content_line("“Never again”", VERBATIM, 300, "vowed") == "> “Never again”"


def test_digests_and_answers_show_the_cue() -> None:
    claim = replace(MARSH, verbatim=PARAPHRASED, content="to resign", cue="refused")
    assert "\n≈ *refused* to resign\n" in digest_claim(MergedClaim(claim), 300)
    record = replace(RECORD, verbatim=PARAPHRASED, content_text="to resign", cue_text="refused")
    assert found_claim(record, 1, 300, names=100).endswith("\n≈ *refused* to resign")


@pytest.mark.parametrize(
    ("content", "wording", "shown"),
    [
        ("was “a waste of time", MIXED, "Was “a waste of time”"),
        ("a waste of time” and a shame", MIXED, "“a waste of time” and a shame"),
        ("thanked “everybody who came,”", MIXED, "Thanked “everybody who came”"),
        (", the king wept", PARAPHRASED, "The king wept"),
        ("the king wept, and", PARAPHRASED, "The king wept"),
        ("it was true that", PARAPHRASED, "It was true"),
        ("that prices would rise", PARAPHRASED, "Prices would rise"),
        ("that new houses could be built", PARAPHRASED, "New houses could be built"),
        ("that police had come", PARAPHRASED, "Police had come"),
        ("that 12 people were hurt", PARAPHRASED, "12 people were hurt"),
        ("that process would take years", PARAPHRASED, "That process would take years"),
        ("that was wrong", PARAPHRASED, "That was wrong"),
        ("that, for now, the road stays shut", PARAPHRASED, "For now, the road stays shut"),
        ("it ended on Thursday.The aim was peace.", PARAPHRASED, "It ended on Thursday. The aim was peace."),
        ("it ended, on ThursdayThe aim was peace", PARAPHRASED, "It ended, on Thursday The aim was peace"),
        ("“It ended.”“We won”", VERBATIM, "It ended.” “We won"),
        ("he likes YouTube, and U.S. films", PARAPHRASED, "He likes YouTube, and U.S. films"),
    ],
)
def test_seams_marks_and_ends_are_mended(content: str, wording: Wording, shown: str) -> None:
    assert shown_words(content, wording) == shown


def test_a_that_which_could_be_read_as_this_one_follows_its_cue() -> None:
    content = "that new evidence pointed to another man"
    assert shown_report("said", content, PARAPHRASED) == ("said", content)
    assert shown_report("said", "that prices would rise", PARAPHRASED) == ("", "Prices would rise")


@given(nasty)
def test_no_word_is_added_or_changed(content: str) -> None:
    for wording in Wording:
        letters = [char for char in repaired_words(content, wording).casefold() if char.isalnum()]
        assert "".join(letters) in "".join(char for char in content.casefold() if char.isalnum())
        assert shown_report(content, content, wording)[1]


SPOKEN = replace(EVIDENCE, claim=replace(RECORD, addressee="CNN", time="On Thursday", hedged=True))


def test_the_evidence_says_to_whom_when_and_how_surely() -> None:
    assert speech_details(SPOKEN.claim) == ["told CNN", "on Thursday", "hedged"]
    shown = evidence_embed(SPOKEN)["description"]
    assert "\n-# told CNN · on Thursday · hedged\n" in shown
    assert digest_evidence_message(SPOKEN, "n", 0, 2)["embeds"][0]["description"] == shown
    panel = evidence_renderable(SPOKEN)
    assert isinstance(panel, Panel)
    assert "told CNN · on Thursday · hedged" in str(panel.renderable)


def test_a_claim_of_which_nothing_more_is_known_has_no_such_line() -> None:
    assert speech_details(RECORD) == []
    assert speech_details(replace(RECORD, hedged=False)) == []
    assert "told" not in evidence_embed(EVIDENCE)["description"]


def test_names_keep_their_capital_and_markup_of_the_article_is_escaped() -> None:
    claim = replace(RECORD, addressee="@everyone *here*", time="March 2019")
    shown = evidence_embed(replace(EVIDENCE, claim=claim))["description"]
    assert "-# told @\u200beveryone \\*here\\* · March 2019" in shown


@given(nasty, nasty)
def test_long_details_never_make_an_embed_too_long(addressee: str, time: str) -> None:
    claim = replace(RECORD, addressee=addressee * 50, time=time * 50, hedged=True)
    assert len(evidence_embed(replace(EVIDENCE, claim=claim))["description"]) <= 4_096


@pytest.mark.parametrize(
    ("cue", "content", "shown"),
    [
        ("citing", "the risks posed by the dam", ("citing", "the risks posed by the dam")),
        ("tweeted", "a chart of the lake", ("tweeted", "a chart of the lake")),
        ("noted", "the dam was full", ("", "The dam was full")),
        ("spoke highly of", "the former mayor's patience", ("spoke highly of", "the former mayor's patience")),
        ("posted a message blaming", "Kellow for the flood", ("posted a message blaming", "Kellow for the flood")),
        ("According to", "for days the dam was full", ("", "For days the dam was full")),
    ],
)
def test_a_mere_thing_is_shown_with_its_verb(cue: str, content: str, shown: tuple[str, str]) -> None:
    assert shown_report(cue, content, PARAPHRASED) == shown
