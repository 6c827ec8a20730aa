"""Headlines in capitals are kept in the case in which the article writes their words."""

from hypothesis import given
from hypothesis import strategies as st

from bot.store.claims.evidence_excerpts import Reader
from bot.store.claims.sentence_case import in_usual_case, is_in_capitals, usual_forms

ARTICLE = """VESTLAND COPPER EXPORTS ROSE, EU SAYS

Copper from Vestland was sold, the EU said, and exports rose. The copper went to Lisbon."""


def test_a_headline_gets_the_case_of_the_text_below_it() -> None:
    assert Reader(ARTICLE).words(((0, 28),)) == "Vestland copper exports rose"
    assert Reader(ARTICLE).words(((0, 37),)) == "Vestland copper exports rose, EU says"


def test_a_capital_that_may_be_a_name_s_is_kept() -> None:
    text = "LOWE WINS THE CUP\n\nLowe won it."
    assert Reader(text).words(((0, 17),)) == "Lowe wins the cup"


def test_words_that_do_not_shout_are_left_alone() -> None:
    start = ARTICLE.index("the EU")
    assert Reader(ARTICLE).words(((start, start + 6),)) == "the EU"
    assert not is_in_capitals("NATO, EU")
    assert not is_in_capitals("1,000 € – 12 %")
    assert is_in_capitals("WE ARE HERE")


def test_scraped_text_of_one_line_is_distinguished_by_its_neighbours() -> None:
    text = "OIL PRICES FALL IN OSLO Oil lost a third of its prices in Oslo where NATO meets"
    assert Reader(text).words(((0, 23),)) == "Oil prices fall in Oslo"
    assert in_usual_case("NATO MEETS IN OSLO", usual_forms(text)) == "NATO meets in Oslo"


def test_a_text_that_shouts_throughout_stays_as_it_is() -> None:
    text = "OIL PRICES FALL, OSLO SAYS"
    assert Reader(text).words(((0, 15),)) == "OIL PRICES FALL"


@given(st.text(max_size=200))
def test_only_the_case_changes(text: str) -> None:
    read = Reader(text).words(((0, len(text)),))
    assert read.casefold() == " ".join(text.split()).casefold() or len(read.casefold()) != len(text.casefold())
