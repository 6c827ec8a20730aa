"""The table of rules: every sort of source has its row, and sources that others depend on come first."""

import pytest

from bot.extraction.actors.rules import ROWS, somebody_new
from bot.extraction.actors.source import Sort
from tests.unit.extraction.actors.test_resolver import speakers


def test_every_sort_of_source_has_a_row() -> None:
    assert set(ROWS) == set(Sort)


def test_somebody_new_is_the_last_rule_wherever_it_is_tried() -> None:
    assert all(somebody_new not in row.rules[:-1] for row in ROWS.values())


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Anna Kovacs left. [A statement from her aides] said {yes}.", "Anna Kovacs’s aides"),
        ("Anna Kovacs left. [Her statement] said {yes}.", "Anna Kovacs"),
        ("[Two officials] said {yes}. [One of them] said {no}.", "one of two officials"),
        ("[Anna Kovacs] said {yes}. [Kovacs and Bo Ray] said {no}.", "Anna Kovacs and Bo Ray"),
        ("[Jurors from Brno] said {yes}. Some readers, [who] said {no}, left.", "some readers"),
        ("[Democrats] said {yes}. Nervous Democrats, [who] said {no}, left.", "Democrats"),
    ],
)
def test_a_source_that_depends_on_another_takes_it_from_the_same_rules(marked: str, expected: str) -> None:
    assert speakers(marked)[-1] == expected
