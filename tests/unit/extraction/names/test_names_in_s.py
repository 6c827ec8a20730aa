"""Names that end as possessives do."""

import pytest
from spacy.language import Language

from bot.extraction.pipeline import extract


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The vase was sold on Monday. Sotheby's said that the buyer wished to remain anonymous.", "Sotheby's"),
        ("Workers struck on Monday. McDonald’s said it regretted the decision.", "McDonald’s"),
        ("The ground was full by noon. Lord's said it would open early.", "Lord's"),
        ("Sales fell in May. Macy's has said it would close 20 stores.", "Macy's"),
    ],
)
def test_a_possessive_that_owns_nothing_is_a_name(nlp: Language, text: str, name: str) -> None:
    assert {claim.actor for claim in extract(nlp, text).claims} == {name}


def test_it_is_short_for_a_longer_name(nlp: Language) -> None:
    text = "A nurse at St Brigid's Hospital spoke on Monday. St Brigid's said it was aware of concerns."
    found = extract(nlp, text)
    assert [claim.actor for claim in found.claims] == ["St Brigid's Hospital"]
    assert "St Brigid's" in found.actors[0].aliases


def test_what_is_owned_keeps_its_owner(nlp: Language) -> None:
    text = "Workers struck on Monday. Moody's said it would wait. Acme's lawyers said the strike was illegal."
    assert [claim.actor for claim in extract(nlp, text).claims] == ["Moody's", "Acme's lawyers"]
