"""Signs that a claim needs its article, or may be somebody else's."""

from dataclasses import replace

import pytest

from bot.digests.doubts import has_doubts
from bot.model.claims import Wording
from tests.unit.digests.samples import claim

OWN, REPORT = Wording.VERBATIM, Wording.PARAPHRASED


@pytest.mark.parametrize(
    ("content", "wording", "doubted"),
    [
        ("Dunmore announced similar rules for three villages", REPORT, True),
        ("Dunmore has rules similar to those of Kellow", REPORT, False),
        ("nobody in Dunmore would say what had happened", REPORT, True),
        ("40 people have left Dunmore since then", REPORT, True),
        ("the dam was full at the time", REPORT, True),
        ("his earlier remarks on the dam", REPORT, True),
        ("with more money, it will hold for years", REPORT, True),
        ("If Dunmore pays, it will hold for years", REPORT, False),
        ("At the dam … twenty people were held", REPORT, True),
        ("a dam that … would save Dunmore a million", REPORT, False),  # only the report was left out
        ("naming the donors of the dam on", REPORT, True),
        ("Dunmore needs to move on", REPORT, False),
        ("Then they will start to believe in dams", OWN, True),
        ("Engineers of Dunmore know what they are doing", OWN, False),
        ("We opened a gate” … “They closed it again", OWN, True),
    ],
)
def test_what_points_to_words_around_it_is_doubted(content: str, wording: Wording, doubted: bool) -> None:
    assert has_doubts(claim(1, "Elena Marsh", content, verbatim=wording)) is doubted


@pytest.mark.parametrize(
    ("cue", "content", "doubted"),
    [
        ("said", "taking bribes and hiding the money", True),
        ("denied", "taking bribes and hiding the money", False),  # shown with its cue
        ("said", "taking bribes was common in Dunmore", False),
    ],
)
def test_a_report_without_a_clause_is_doubted(cue: str, content: str, doubted: bool) -> None:
    assert has_doubts(replace(claim(1, "the court", content, verbatim=REPORT), cue=cue)) is doubted


@pytest.mark.parametrize("actor", ["statement", "group", "Seventy-two percent", "72%"])
def test_a_speaker_of_whom_nothing_is_told_is_doubted(actor: str) -> None:
    assert has_doubts(claim(1, actor, "Dunmore is proud of its dam"))


@pytest.mark.parametrize(
    ("actor", "source", "known", "doubted"),
    [
        ("Elena Marsh", "the former mayor", (), True),
        ("Elena Marsh", "Mayor Marsh", (), False),
        ("Elena Marsh", "she", (), False),
        ("the mayor", "the mayor of Dunmore", (), False),
        ("Dunmore Water Board", "DWB", (), False),  # its letters
        ("Halden Water", "the company", ("halden", "water"), False),  # the headline names it
        ("Elena Marsh’s daughter", "his daughter", (), True),
        ("Elena Marsh’s daughter", "Marsh's daughter", (), False),
    ],
)
def test_a_speaker_who_is_named_elsewhere_is_doubted(
    actor: str, source: str, known: tuple[str, ...], doubted: bool
) -> None:
    told = replace(claim(1, actor, "Dunmore is proud of its dam"), source=source)
    assert has_doubts(told, known) is doubted
