"""Verbs of speech that report no words make no claims; the same verbs that do report some still make them."""

import pytest

from bot.extraction.claims.deeds import without_deeds
from tests.unit.extraction.spoken import marked

LONG = (
    "Nine boats sank in the outer harbour on Friday night after a storm tore them from the new floating pier, and "
    "nobody came to help"
)


@pytest.mark.parametrize(
    "text",
    [
        "[A jury] {convicted} <former harbour pilot Ole Dahl of theft>.",
        "[The court] {fined} <the owner of the kiln 900 crowns>.",
        "[Jurors] {found} <a baker from Tolmer guilty of fraud>.",
        "[Mayor Ada Quist] {called} <an emergency meeting of the council>.",
        "[The union] {has called} <a two-day strike for Friday>.",
        "[Premier Ines Roth] {called} <a snap election>.",
        "[The Post], {citing} <two unnamed officials familiar with the plan>.",
        "[The outlet] {cited} <several sources who have seen the notes>.",
        "[Her] {stated} <positions put her at odds with the club>.",
        "[Dahl] {quoting} <Che Guevara>.",
        "<Dahl> {was later jailed for} <selling the mill>.",
        "Of the bakers [35 percent] are single, {suggesting} <that the trend goes on>.",
        "[11] {showed} <a stronger catch>.",
        "[Rovers] {conceded} <two late goals>.",
        "[She] {had conceded} <40 runs in six overs>.",
        "<Had the firm looked at the old mill>, as [neighbours] {suggested}?",
        f"[Tolmer]{{:}} <{LONG}>.",
    ],
)
def test_a_deed_is_no_claim(text: str) -> None:
    words, claim, _ = marked(text)
    assert without_deeds([claim], words) == []


@pytest.mark.parametrize(
    "text",
    [
        "[Mayor Ada Quist] {called} <the meeting a farce>.",
        "[The union] {called} <the strike necessary>.",
        "[Quist] {called} <her vote in favour of the mill a mistake>.",
        "[Roth] {cited} <sources as telling her that the mill was sold>.",
        "[Roth] {cited} <officials who had lied>, <she said>.",
        "[Her lawyer] {stated} <positions that nobody shares>.",
        "[Roth] {quoted} <“Nils of the mill”>.",
        "[Premier Ines Roth] {called} <the election “a gift”>.",
        "[The coach] {conceded} <the goal was offside>.",
        "[The minister] {conceded} <that two points were unclear>.",
        "[Jurors] {found} <that the pilot had lied>.",
        "[The inquiry] {found} <the owner had felt guilty for years>.",
        "<The mill was cheap>, as [neighbours] {suggested}.",
        f"[Quist]{{:}} <“{LONG}.”>",
        "[Roth] {cleared} <that up with one sentence>.",
    ],
)
def test_words_that_were_reported_stay(text: str) -> None:
    words, claim, _ = marked(text)
    assert without_deeds([claim], words) == [claim]


def test_one_who_only_hears_is_not_who_said_it() -> None:
    words, claim, _ = marked("[The inquest] {heard} <that the lamp was out>.")
    (found,) = without_deeds([claim], words)
    assert (found.source, found.content) == ((), claim.content)
