"""Who made a document is told by what stands behind its noun, and not by a clause that goes on about it."""

import pytest

from bot.extraction.actors.description_words import maker_of, with_reader
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


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("messages seen by the Courier", "messages seen by the Courier"),
        ("emails obtained by Norr News last week", "emails obtained by Norr News"),
        ("a letter leaked to the Post", "letter leaked to the Post"),
        ("a report seen by many", "report"),
        ("a man with a letter", "man with a letter"),
        ("a letter from the mayor", "letter from the mayor"),
    ],
)
def test_a_document_is_named_with_who_got_it(words: str, name: str) -> None:
    phrase = read_phrase(words)
    assert with_reader(phrase, phrase.text) == name
