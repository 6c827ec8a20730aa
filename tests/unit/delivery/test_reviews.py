"""Reported claims for those who decide: within Discord's limits, whatever readers and articles say."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.reviews import review_message
from bot.model.reports import EVERYWHERE, Decision, Fault, Report, ReviewedClaim, ReviewPage
from tests.unit.delivery.limits import problems_of
from tests.unit.delivery.samples import EVIDENCE

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def a_report(text: str = "It was Otto.") -> Report:
    return Report(1, 5, 7, 9, "https://a.example/1", text, text, text, "said", text, Fault.SPEAKER, text, NOON)


def reviewed(text: str = "The dam is safe", decision: Decision = Decision.OPEN, **given: bool) -> ReviewedClaim:
    values = {"everywhere": False} | given
    reports = (a_report(text),) * 5
    decided = None if decision is Decision.OPEN else NOON
    return ReviewedClaim(7, 9, text, text, text, "https://a.example/1", reports, 9, decision, decided, **values)


def buttons(message: dict[str, list[dict[str, list[dict[str, str]]]]]) -> list[str]:
    return [button["label"] for row in message["components"] for button in row["components"]]


@given(st.text(max_size=3_000), st.sampled_from(Decision), st.sampled_from(Decision), st.booleans())
def test_any_report_fits_into_a_message(text: str, decision: Decision, shown: Decision, gone: bool) -> None:
    page = ReviewPage(reviewed(text, decision), 2, 9)
    assert problems_of(review_message(page, None if gone else EVIDENCE, shown, 5)) == []


@pytest.mark.parametrize(
    ("decision", "scope", "everywhere", "offered"),
    [
        (Decision.OPEN, 5, False, ["Withdraw", "Keep"]),
        (Decision.WITHDRAWN, 5, False, ["Undo"]),
        (Decision.KEPT, 5, False, ["Undo"]),
        (Decision.OPEN, 5, True, []),
        (Decision.OPEN, EVERYWHERE, False, ["Withdraw for all servers", "Keep"]),
        (Decision.WITHDRAWN, EVERYWHERE, True, ["Undo"]),
    ],
)
def test_what_can_be_decided_depends_on_what_was(
    decision: Decision, scope: int, everywhere: bool, offered: list[str]
) -> None:
    page = ReviewPage(reviewed(decision=decision, everywhere=everywhere), 0, 1)
    shown = Decision.OPEN if decision is Decision.OPEN else decision
    assert buttons(review_message(page, EVIDENCE, shown, scope)) == offered


def test_an_empty_list_says_so() -> None:
    for shown in Decision:
        message = review_message(ReviewPage(None, 0, 0), None, shown, 5)
        assert problems_of(message) == []
        assert message["components"] == []
