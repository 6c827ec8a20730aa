"""Contents hold no words of the reporter's: no time of the report, no remark, no paragraph behind it."""

import pytest

from bot.extraction.claims.reporters_words import without_reporters_words
from tests.unit.extraction.spoken import marked


def kept(text: str) -> list[str]:
    words, claim, sentences = marked(text)
    (found,) = without_reporters_words([claim], words, sentences)
    return [words[start:end] for start, end in found.content]


@pytest.mark.parametrize(
    "when",
    ["The next day", "Two weeks later", "On Sunday evening", "In May", "Earlier this month", "Three years before"],
)
def test_the_time_of_a_report_is_no_content(when: str) -> None:
    assert kept(f"<{when}>, [Holm] {{said}} <she was ready to swim>.") == ["she was ready to swim"]


@pytest.mark.parametrize(
    "text",
    [
        "<On Sunday>, [Holm] {said}, <the pool was full>.",
        "<At the pool>, [Holm] {said} <she was ready to swim>.",
        "<The pool is full>, [Holm] {said}. <It is cold>.",
    ],
)
def test_the_time_of_what_was_said_stays(text: str) -> None:
    assert len(kept(text)) == 2


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "[Holm] {said} <the flood was ‘well filmed’>, although <no pictures ever turned up>.",
            ["the flood was ‘well filmed’"],
        ),
        ("[Some] {doubted} <that it would help>, with Norr recording <8,700 cases>.", ["that it would help"]),
        (
            "[Dahl] {argued} <that Holm had planned it>, the Post says. <Shortly before she left>, Holm sang.",
            ["that Holm had planned it"],
        ),
    ],
)
def test_what_the_reporter_goes_on_to_tell_is_no_content(text: str, content: list[str]) -> None:
    assert kept(text) == content


@pytest.mark.parametrize(
    "text",
    [
        "[Holm] {said}, <“It was well filmed,”> although <“nobody kept the tape.”>",
        "[Holm] {said} <the pool is full>, but <the water is cold>.",
        "<The pool is full>, [Holm] {said}. <At noon, it was empty>.",
    ],
)
def test_what_the_speaker_goes_on_to_say_stays(text: str) -> None:
    assert len(kept(text)) == 2


def test_a_report_without_marks_ends_with_its_paragraph() -> None:
    text = (
        "As [one trader] {noted}, <nobody closed the square because it rained so hard, it was closed for a film.\n"
        "So it goes in Norr>. Eels are sold elsewhere."
    )
    assert kept(text) == ["nobody closed the square because it rained so hard, it was closed for a film."]


@pytest.mark.parametrize(
    "text",
    [
        "[Holm] {wrote:} <The square was closed because of the film, and it will be closed again.\nSo it goes>.",
        "[Holm] {said}, “<The square was closed for the film, and will be closed again next week.\n“So it goes>.”",
        "[Holm] {sang:} <Close the square.\nSo it goes>.",
    ],
)
def test_a_quotation_goes_on_in_the_next_paragraph(text: str) -> None:
    assert "So it goes" in " ".join(kept(text))


def test_a_dash_or_half_a_pair_of_brackets_at_the_end_goes() -> None:
    assert kept("[Holm] {warned} <she could close it –> it was up to Dahl.") == ["she could close it"]
    assert kept("([Holm] {said} <the square is lost)>.") == ["the square is lost"]


def test_brackets_in_pairs_stay() -> None:
    assert kept("[Holm] {said} <the square is lost (for now)>.") == ["the square is lost (for now)"]


def test_a_heading_above_a_sentence_without_marks_is_no_content() -> None:
    text = "<This site is protected by Norrcaptcha\nThe judge named the boy as Ole>, [the Norr Post] {reported}."
    assert kept(text) == ["The judge named the boy as Ole"]


def test_a_notice_above_a_quotation_is_no_content() -> None:
    text = "<This site is protected by Norrcaptcha\n“We seized two rifles,”> [the statement] {said}."
    assert kept(text) == ["“We seized two rifles,”"]


def test_sentences_of_two_paragraphs_stay() -> None:
    assert kept("<The judge was late.\nThe boy is called Ole>, [Holm] {said}.")[0].startswith("The judge")


@pytest.mark.parametrize("pointer", ["Read more", "Related Coverage", "See also"])
def test_what_points_to_other_articles_is_no_content(pointer: str) -> None:
    assert kept(f"<Eels are back>, [Holm] {{said}} <{pointer}>") == ["Eels are back"]


def test_what_says_more_of_a_source_is_no_content() -> None:
    assert kept("<It is a shelter>, {according to} [a letter] <the club put out last week>.") == [
        "It is a shelter"
    ]
    assert len(kept("<Dahl>, {according to} [a letter,] <had left the club>.")) == 2
