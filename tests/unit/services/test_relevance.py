"""Which of the claims found matter most."""

from dataclasses import replace
from typing import Any

from bot.model.claims import ClaimRecord, Kind, Wording
from bot.services.relevance import most_relevant
from tests.unit.delivery.samples import RECORD

PLAIN = replace(RECORD, title="News", verbatim=Wording.PARAPHRASED, kind=Kind.STATEMENT, confidence=0.9)


def said(number: int, content: str, **given: Any) -> ClaimRecord:
    return replace(PLAIN, id=number, content_text=content, **given)


def order(*claims: ClaimRecord, topic: str) -> list[int]:
    return [claim.id for claim in most_relevant(claims, topic)]


def test_what_a_claim_itself_says_counts_before_its_headline() -> None:
    about = said(1, "The dam will hold until spring comes")
    titled = said(2, "Everything is fine here for the moment", title="The dam")
    neither = said(3, "Everything is fine here for the moment")
    assert order(neither, titled, about, topic="dam") == [1, 2, 3]


def test_words_side_by_side_count_before_the_same_words_apart() -> None:
    apart = said(1, "Water is precious at this level of the valley")
    together = said(2, "The water level is falling day by day")
    assert order(apart, together, topic="water level") == [2, 1]


def test_a_stand_or_exact_words_count_before_a_plain_report_and_equal_claims_keep_their_order() -> None:
    plain, other = said(1, "The dam will hold until spring"), said(2, "The dam will stand until spring")
    denial = said(3, "The dam will break before spring", kind=Kind.DENIAL)
    assert order(plain, other, denial, topic="dam") == [3, 1, 2]
    assert order(plain, other, topic="") == [1, 2]
