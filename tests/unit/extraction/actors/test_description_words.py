"""Who made a document is told by what stands behind its noun, and not by a clause that goes on about it."""

import pytest

from bot.extraction.actors.description_words import maker_of
from bot.extraction.noun_phrases.reader import read_phrase


@pytest.mark.parametrize(
    ("words", "maker"),
    [
        ("a statement from the ministry", "the ministry"),
        ("a report by Norr Audit", "Norr Audit"),
        ("research that may force a change of Norrland’s maps", None),
        ("a study, which was praised by the mayor", None),
    ],
)
def test_a_clause_names_no_maker(words: str, maker: str | None) -> None:
    assert maker_of(read_phrase(words)) == maker
