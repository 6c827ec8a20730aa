"""Whom a description can only mean, and when it rather means nobody known; governments, peoples and seats."""

import pytest
from spacy.language import Language

from bot.extraction.pipeline import extract
from tests.unit.extraction.actors.test_resolver import speakers
from tests.unit.extraction.said import speaker_of

MET = "[Anna Kovacs] said {all is well}. "


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (MET + "[The former first lady] added {no}.", "Anna Kovacs"),
        (MET + "[The former secretary of state] added {no}.", "Anna Kovacs"),
        ("Jens Holm met a vulture fund manager. " + MET + "[The vulture fund manager] added {no}.",
         "vulture fund manager"),
        ("Bo Ray met Jens Holm. [The retired lorry driver] said {maybe}.", "retired lorry driver"),
        ("[Bo Ray] said {yes}. It rained. [Jens Holm] said {no}. [The retired lorry driver] added {maybe}.",
         "Jens Holm"),
        (MET + "[The Utah lawmaker of old] added {no}.", "Utah lawmaker of old"),
        (MET + "[The grey-haired businessman] added {no}.", "grey-haired businessman"),
        (MET + "[The spokesman] added {no}.", "spokesman"),
        ("[Speaker Bo Ray] said {yes}. " + MET + "[The former speaker] added {no}.", "Anna Kovacs"),
        (MET + "[The parish priest] added {no}.", "parish priest"),
    ],
)  # fmt: skip
def test_a_description_of_nobody_else_is_of_the_one_met_a_moment_before_if_that_is_clear(
    marked: str, expected: str
) -> None:
    assert speakers(marked)[-1] == expected


def test_the_woman_is_who_is_later_called_by_nothing_but_her_first_name() -> None:
    marked = "[The woman] said {it was hot}. [Maria] opened {a window}. [She] said {it helped}."
    assert speakers(marked) == ["Maria"] * 3


def test_the_woman_stays_so_where_two_could_be_meant() -> None:
    marked = "[The woman] said {it was hot}. [Maria] opened {a window}. [Helga] closed {the door}."
    assert speakers(marked)[0] == "woman"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Anna Kovacs (R-S.C.)] said {yes}. Bo Ray (D-Nev.) left. [The South Carolina Republican] said {no}.",
         "Anna Kovacs"),
        ("[Anna Kovacs (R-S.C.)] said {yes}. Bo Ray (D-Nev.) left. [The Nevada Democrat] said {no}.", "Bo Ray"),
        ("[Anna Kovacs, D-Texas,] said {yes}. [The Utah Republican] said {no}.", "Utah Republican"),
    ],
)  # fmt: skip
def test_lawmakers_are_known_by_party_and_state(marked: str, expected: str) -> None:
    assert speakers(marked)[-1] == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Russia] said {yes}. [Moscow] denied {it}.", ["Russia", "Russia"]),
        ("[Poland] complained of {it}. [Moscow] denied {it}. [It] said {no}.", ["Poland", "Russia", "Russia"]),
        ("[Britain] said {yes}. [London] denied {it}.", ["Britain", "Britain"]),
        ("[Poland] said {yes}. [Brussels] said {no}.", ["Poland", "European Union"]),
        ("[Berlin] will plant {trees along the river}.", ["Berlin"]),
        ("[The Foreign Office in London] said {yes}. [The Foreign Office] said {no}.", ["Foreign Office"] * 2),
    ],
)
def test_a_capital_speaks_for_its_government_where_countries_are_the_matter(
    marked: str, expected: list[str]
) -> None:
    assert speakers(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Republicans] said {yes}. [They] said {no}.", ["Republicans"] * 2),
        ("On Monday [nervous Democrats] said {yes}.", ["nervous Democrats"]),
        ("[Both of his senators] said {yes}.", ["senators"]),
        ("[These wealthy donors] said {yes}.", ["wealthy donors"]),
        ("[Labour’s Dilys Amankwah] said {yes}. [She] said {no}.", ["Dilys Amankwah"] * 2),
        ("[Western diplomats] suspect {more}. [One] suggested {less}.", ["Western diplomats", "Western diplomat"]),
        ("[Dunn & Lark] said {yes}.", ["Dunn & Lark"]),
        ("[The bespectacled, 71-year-old diplomat] said {yes}.", ["bespectacled 71-year-old diplomat"]),
        ("Anna Kovacs left. [She’s] for {it}.", ["Anna Kovacs"]),
        ("[The president] said {yes}. President Anna Kovacs left.", ["Anna Kovacs"]),
        ("[The president] said {yes}. Former President Anna Kovacs left.", ["president"]),
        ("[Norr Steel] said {yes}. [The statement] urged {haste}.", ["Norr Steel"] * 2),
    ],
)
def test_who_is_meant_is_called_as_the_article_calls_them(marked: str, expected: list[str]) -> None:
    assert speakers(marked) == expected


def test_who_goes_back_to_people_and_how_they_are() -> None:
    marked = "Anna Kovacs placates nervous Democrats on the coast, [who] say {no}. [Democrats] said {yes}."
    assert speakers(marked) == ["nervous Democrats on the coast", "Democrats"]


def test_who_behind_the_people_that_somebody_is_sent_to_is_not_these_people() -> None:
    assert speakers("Anna Kovacs met the envoy to the Palestinians, [who] said {no}.") != ["Palestinians"]


def test_the_u_s_is_not_us() -> None:
    assert speakers("[U.S.] plans to {leave}.") == ["U.S."]


def test_what_reads_so_is_a_document_and_nobody_who_speaks(nlp: Language) -> None:
    text = "A letter was found in the harbour. Norr Steel denied that it wrote it. “We close in May,” it reads."
    assert extract(nlp, text).claims[-1].actor == "letter"


def test_i_is_who_the_headline_names_before_a_colon() -> None:
    assert speakers("Anna Kovacs: And then it rained\nThe pier was wet. [I] do not trust {the harbour}.") == [
        "Anna Kovacs"
    ]


def test_i_in_an_article_about_somebody_is_not_that_person() -> None:
    marked = (
        "Anna Kovacs: The interview\nI met Kovacs in a cafe. [I] asked about {the harbour}. " + "It rained. " * 40
    )
    assert speakers(marked) == [None]


@pytest.mark.parametrize(
    "opening",
    [
        "Rita Bloom questioned the governor, Hank Sorrel, on Radio Ost.",
        "Radio Ost’s Rita Bloom met the governor, Hank Sorrel.",
    ],
)
def test_the_host_of_an_outlet_is_who_asks_the_questions_there(nlp: Language, opening: str) -> None:
    text = f"{opening} The Radio Ost host said the answers had been evasive."
    assert speaker_of(nlp, text, "the answers had been evasive") == "Rita Bloom"


def test_a_host_whom_nothing_ties_to_a_name_stays_one(nlp: Language) -> None:
    text = "Hank Sorrel, the governor, left the studio. The Radio Ost host said the answers had been evasive."
    assert speaker_of(nlp, text, "the answers had been evasive") in {"Radio Ost host", None}
