"""Whom descriptions, turns of interviews and pronouns mean: small articles with sources marked by hand."""

import pytest

from bot.extraction.actors.agreement import nouns_of
from bot.extraction.actors.sentence_subjects import subjects
from tests.unit.extraction.actors.test_resolver import speakers

STUDY = "study"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[A study published on Wednesday in Brno] found {yes}. [It] said {no}.", [STUDY] * 2),
        ("[Two officials] said {yes}. [One of them] said {no}.", ["two officials", "one of two officials"]),
        ("[Several readers] said {yes}. [They] said {no}.", ["several readers"] * 2),
        ("[Kovacs herself] said {yes}. Anna Kovacs left.", ["Anna Kovacs"]),
        ("[The militant group al-Fajr] said {yes}.", ["al-Fajr"]),
        ("[Russia’s Harbour Authority] said {yes}.", ["Harbour Authority"]),
        ("[Norr Steel] said {yes}. [A statement from the company] said {no}.", ["Norr Steel"] * 2),
        ("[The owner of the ship, Norr Steel], said {yes}. [The company] said {no}.", ["Norr Steel"] * 2),
        ("[Norr Steel] said {yes}. [The health ministry] said {no}.", ["Norr Steel", "health ministry"]),
        ("[The Coast Observatory for Birds] said {yes}. [The company] said {no}.",
         ["Coast Observatory for Birds", "company"]),
        ("[A spokesman for Kovacs] said {yes}. Anna Kovacs left.", ["spokesman for Anna Kovacs"]),
        ("[An affidavit by the officer Bo Ray] said {yes}.", ["affidavit by the officer Bo Ray"]),
        ("Anna Kovacs left. [Her own aides] said {yes}.", ["Anna Kovacs’s aides"]),
        ("[Anna Kovacs, 44], said {yes}. [The mother of three] said {no}.", ["Anna Kovacs"] * 2),
    ],
)  # fmt: skip
def test_descriptions_find_whom_they_mean_or_stay(marked: str, expected: list[str]) -> None:
    assert speakers(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[The Kovacs campaign] said {yes}. [The Ray campaign] said {no}.", ["Kovacs campaign", "Ray campaign"]),
        ("Money went to the Kovacs campaign. Norr Steel paid. [The campaign] said {yes}.", ["Kovacs campaign"]),
        ("Money went to Norr Steel. [The campaign] said {yes}.", ["campaign"]),
        ("Brno lies near Norrland. [The city] said {yes}.", ["Norrland"]),
        ("Anna Kovacs waited. The manager was late. [She] said {yes}.", ["Anna Kovacs"]),
        ("Anna Kovacs waited. [The manager] said {yes}. [He] said {no}.", ["manager"] * 2),
        ("Russia is far. [The city] said {yes}.", ["city"]),
        ("[Sen. Anna Kovacs’s campaign] said {yes}.", ["Anna Kovacs’s campaign"]),
        ("Anna Kovacs met Jens Holm, a professor. [The candidate] said {yes}.", ["Anna Kovacs"]),
        ("Bo Ray and Anna Kovacs waited. [Mr. Ray] said {yes}.", ["Bo Ray"]),
    ],
)
def test_a_description_means_the_one_whom_it_can_mean(marked: str, expected: list[str]) -> None:
    assert speakers(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Norr Steel grew. [The Brno-based shipbuilder] said {yes}.", "Norr Steel"),
        ("Norr Steel grew. [The online retail giant] said {yes}.", "Norr Steel"),
        ("Norr Steel grew, and a small Brno shipbuilder fell. [The shipbuilder] said {yes}.", "shipbuilder"),
        ("Norr Steel grew. [The shipbuilder that fell] said {yes}.", "shipbuilder"),
        ("Norr Steel grew. [Norrland’s court] said {yes}.", "Norrland’s court"),
    ],
)
def test_an_organisation_told_of_for_the_first_time_is_the_one_that_was_named(marked: str, expected: str) -> None:
    assert speakers(marked) == [expected]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Kovacs courts young readers [who] said {yes}. Anna Kovacs left.", "young readers"),
        ("Anna Kovacs, a fishmonger, [who] said {yes}, left.", "Anna Kovacs"),
        ("Anna Kovacs is the fishmonger [who] said {yes}.", "Anna Kovacs"),
        ("Kovacs met a growing list of leaders [who] said {yes}. Anna Kovacs left.", "growing list of leaders"),
        ("It also includes individuals [who] said {yes}.", "individuals"),
        ("Kovacs wrote in an effort to convince readers [who] said {yes}.", "convince readers"),
    ],
)
def test_who_goes_back_to_what_stands_right_before_it(marked: str, expected: str) -> None:
    assert speakers(marked) == [expected]


def test_i_is_the_one_who_signs_the_article() -> None:
    text = "The mayor reads\n\nBy Jens Holm\n\nAnna Kovacs left. [I] asked {why}. “[I] said {yes},” she said."
    assert speakers(text) == ["Jens Holm", None]
    assert speakers("The mayor reads. [I] asked {why}.") == [None]


def test_a_festival_of_a_city_is_not_the_city() -> None:
    assert nouns_of("Norrland City Lantern Festival") == ["festival"]
    assert nouns_of("Supreme Court of Norrland") == ["court"]
    assert nouns_of("Norr Bank plc") == ["plc", "bank"]


@pytest.mark.parametrize(
    "marked",
    [
        "[Governor] says {no}\n\n[Anna Kovacs], the governor of Norrland, said {no}.",
        "[The former bookkeeper of a bakery] said {yes}. [Anna Kovacs] told the jury {no}.",
        "[Its director] said {yes}. [Anna Kovacs], the director, said {no}.",
    ],
)
def test_a_role_finds_the_name_that_comes_later(marked: str) -> None:
    assert speakers(marked) == ["Anna Kovacs"] * 2


def test_a_role_that_two_have_stays_a_description() -> None:
    text = "[Mayor] says {no}\n\n[Anna Kovacs], the mayor of Brno, and Jens Holm, the mayor of Oldby, met {here}."
    assert speakers(text)[0] == "mayor"


def test_what_a_sentence_is_about_can_be_meant_by_a_pronoun_though_it_says_nothing_itself() -> None:
    assert speakers("Researchers at the port counted birds. [They] said {they were few}.") == ["researchers"]


def test_the_pronouns_of_an_article_tell_the_gender_of_an_unknown_name() -> None:
    text = "Bo Ray sang until she was 80. [Jens Holm] said {no}. [She] once said {yes}."
    assert speakers(text) == ["Jens Holm", "Bo Ray"]


def test_an_interview_names_who_asks_and_who_answers_in_its_introduction() -> None:
    text = "Anna Kovacs runs a port. She talks to Bo Ray.\n\n[Q]: {Why?}\n[A]: {Why not.}\n\nKovacs left."
    assert speakers(text) == ["Bo Ray", "Anna Kovacs"]


def test_an_interview_that_names_nobody_has_an_interviewer() -> None:
    assert speakers("A talk.\n\n[Q]: {Why?}\n[A]: {Why not.}\n") == ["interviewer", "interviewee"]


def test_subjects_are_descriptions_that_open_sentences() -> None:
    text = "The dinghy’s owner left. He ran. The label beneath it says so. Anna left. The Met Office knew."
    spans, at = [], 0
    for sentence in text.split(". "):
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 2
    assert [text[a:b] for a, b in subjects(text, spans)] == ["The label", "The dinghy’s owner"]


def test_who_made_a_report_can_be_meant_after_it() -> None:
    marked = "[A report by the Harbour Authority] said {yes}. [The authority] said {no}."
    assert speakers(marked) == ["report by the Harbour Authority", "Harbour Authority"]


def test_plans_do_not_speak_through_one_of_them() -> None:
    marked = (
        "Plans to close the port were shelved. Two members threatened to resign. [One of them] said {he would go}."
    )
    assert speakers(marked)[0] in (None, "one of two members")
