"""Claims of one actor as positions: the same said again is one, and the contrary is marked."""

from dataclasses import replace
from datetime import timedelta

from bot.model.claims import ClaimRecord
from bot.services.timelines import positions_of
from tests.unit.delivery.samples import RECORD


def said(number: int, content: str) -> ClaimRecord:
    return replace(
        RECORD, id=number, content_text=content, published_at=RECORD.published_at + timedelta(days=number)
    )


def test_positions_have_the_order_in_which_they_were_first_said() -> None:
    claims = [
        said(1, "The quay is safe for lorries"),
        said(2, "The dam leaks at night"),
        said(3, "The quay is safe for lorries."),
    ]
    found = positions_of(claims)
    assert [(one.number, [claim.id for claim in one.said]) for one in found] == [(1, [1, 3]), (2, [2])]
    assert all(one.contrary is None for one in found)


def test_the_contrary_has_the_number_of_its_position_and_what_was_said_again_after_it_is_told() -> None:
    words = ("The quay is safe for lorries", "The quay is not safe for lorries", "The quay is safe for lorries")
    first, second = positions_of([said(number, content) for number, content in enumerate(words, 1)])
    assert second.reversed_by is second.claim
    assert second.contrary is not None
    assert (second.contrary.id, second.contrary_number) == (1, 1)
    assert first.reversed_by is not None
    assert first.contrary is not None
    assert (first.reversed_by.id, first.contrary.id, first.contrary_number) == (3, 2, 2)


def test_of_nothing_there_are_no_positions() -> None:
    assert positions_of([]) == []
