"""Promises and until when they are to be kept."""

import pytest
from spacy.language import Language

from bot.extraction.pipeline import extract
from bot.model.claims import Kind


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Prime Minister Anna Holm promised to build 40,000 homes by March 2027.", "by March 2027"),
        ("The company pledged that every customer would be paid back within two years.", "within two years"),
        (
            "Mayor Sam Lind vowed to close the incinerator before the end of the decade.",
            "before the end of the decade",
        ),
        ("The minister promised on Monday that prices would fall.", None),
        ("The minister promised that prices would return to the level of 2019.", None),
        ("Jan Kort vowed to resign if the bridge is not open by Friday.", None),
        ("Kim Sato promised in May to publish the report no later than 3 June.", "no later than 3 June"),
        ("The council promised that in 2030, by the end of June, the tram would run.", "by the end of June"),
    ],
)
def test_a_promise_says_until_when(nlp: Language, text: str, due: str | None) -> None:
    (claim,) = (claim for claim in extract(nlp, text).claims if claim.shown_kind is Kind.PROMISE)
    assert (claim.due and text[slice(*claim.due)]) == due


@pytest.mark.parametrize(
    "text",
    [
        "The bank said it would refund all fees by the end of June.",
        "She refused to promise that the pool would open by May.",
        "Anna Voss asked whether the line would open by Christmas.",
    ],
)
def test_what_is_no_promise_is_not_due(nlp: Language, text: str) -> None:
    assert [claim.due for claim in extract(nlp, text).claims] == [None]
