from spacy.language import Language

from bot.extraction.claims.foreign_passages import foreign_parts
from bot.extraction.pipeline import extract

ENGLISH = (
    "The mayor said the bridge would open in June, after the work on the piers was done, "
    "and that the town had found the money for it at last."
)
GERMAN = (
    "Die Bürgermeisterin sagte, dass die Brücke erst im Juni wieder geöffnet wird, weil die Arbeiten an den "
    "Pfeilern noch nicht fertig sind und das Geld fehlt."
)


def left_out(text: str) -> list[tuple[str, str]]:
    return [(text[part.start : part.end], part.language) for part in foreign_parts(text)]


def test_english_is_read_as_a_whole() -> None:
    assert left_out(ENGLISH) == left_out("") == left_out("Yes.") == []


def test_a_paragraph_in_another_language_is_left_out() -> None:
    assert left_out(f"{ENGLISH}\n\n{GERMAN}\n\n{ENGLISH}") == [(GERMAN, "de")]


def test_paragraphs_side_by_side_are_one_part() -> None:
    assert left_out(f"{ENGLISH}\n{GERMAN}\n\n{GERMAN}") == [(f"{GERMAN}\n\n{GERMAN}", "de")]


def test_a_text_in_another_language_is_left_out_with_its_short_lines() -> None:
    text = f"Neue Brücke\n\n{GERMAN}\n\n{GERMAN}\n\nMehr dazu"
    assert left_out(text) == [(text, "de")]


def test_claims_come_from_the_english_part_alone_and_the_rest_is_said(nlp: Language) -> None:
    text = f"{ENGLISH}\n\n{GERMAN}"
    found = extract(nlp, text)
    assert [text[slice(*claim.source[0])] for claim in found.claims] == ["The mayor"]
    assert [(part.start, part.language) for part in found.left_out] == [(len(ENGLISH) + 2, "de")]
    assert extract(nlp, GERMAN).claims == ()
