"""Statements under lines that name whose they are: reactions that an article collects."""

from spacy.language import Language

from bot.extraction.claims.collected_statements import collected_statements
from tests.unit.extraction.said import is_shown, speaker_of

REACTIONS = (
    "A judge has closed the eel market of Norr. Below are reactions:\n"
    "The Centre for Open Markets:\n"
    "We are outraged that the stalls are gone. The city has stretched an old law.\n"
    "This trial was an attack on every trader. It will be felt in other towns.\n"
    "Ines Holm of the Harbour Union:\n"
    "A court that closes a market in June does not know what eels are.\n"
    "Nils Roth, a fishmonger:\n"
    "The smell was never the problem. The rent was.\n"
    "Read more about eels\n"
)


def test_each_statement_is_said_by_whoever_its_line_names(nlp: Language) -> None:
    assert speaker_of(nlp, REACTIONS, "The city has stretched an old law") == "Centre for Open Markets"
    assert speaker_of(nlp, REACTIONS, "It will be felt in other towns") == "Centre for Open Markets"
    assert speaker_of(nlp, REACTIONS, "does not know what eels are") == "Ines Holm"
    assert speaker_of(nlp, REACTIONS, "The rent was") == "Nils Roth"
    assert not is_shown(nlp, REACTIONS, "Read more about eels")


def test_lists_and_headings_collect_nothing() -> None:
    text = (
        "Eel Soup:\nTake two eels and boil them well.\nThe Green Sauce:\nChop the herbs and stir them in.\n"
        "Ines Holm of the Harbour Union:\nIt is good soup, and there should be more of it.\n"
    )
    assert collected_statements(text) == []
