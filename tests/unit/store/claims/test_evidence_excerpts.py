"""A claim's sentence in its context."""

from hypothesis import given
from hypothesis import strategies as st

from bot.store.claims.evidence_excerpts import excerpt, moved, pieces

TEXT = "First one. Second one here. The dam is safe, she said. Fourth one here. Last."
SENTENCE = (TEXT.index("The dam"), TEXT.index(" Fourth"))


def test_a_short_text_is_shown_whole() -> None:
    part = excerpt(TEXT, SENTENCE, [])
    assert (part.text, part.start, part.cut_before, part.cut_after) == (TEXT, 0, False, False)


def test_context_is_cut_where_sentences_end() -> None:
    part = excerpt(TEXT, SENTENCE, [], context=20)
    assert part.text == "Second one here. The dam is safe, she said. Fourth one here."
    assert (part.cut_before, part.cut_after) == (True, True)


def test_without_a_sentence_end_near_it_is_cut_between_words() -> None:
    text = "word " * 50 + "EVIDENCE" + " word" * 50
    start = text.index("EVIDENCE")
    part = excerpt(text, (start, start + 8), [], context=12)
    assert part.text == "word word EVIDENCE word word"


def test_without_any_space_near_only_the_evidence_is_shown() -> None:
    part = excerpt("x" * 500, (200, 210), [], context=20)
    assert (part.text, part.start) == ("x" * 10, 200)


def test_what_the_claim_needs_is_shown_even_outside_the_evidence() -> None:
    part = excerpt(TEXT, SENTENCE, [(0, 5)], context=0)
    assert part.text.startswith("First one.")
    assert moved([(0, 5)], part.start) == ((0, 5),)


def test_pieces_are_joined_in_one_line() -> None:
    assert pieces("a\n b, c", [(0, 4), (6, 7)]) == "a b … c"
    assert pieces("abc", []) == ""


@given(st.text("ab .\n\u2026", max_size=80), st.data(), st.integers(0, 40))
def test_an_excerpt_always_holds_the_evidence(text: str, data: st.DataObject, context: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    part = excerpt(text, (start, end), [], context)
    ((low, high),) = moved([(start, end)], part.start)
    assert 0 <= low <= high <= len(part.text)
    assert part.text[low:high] == text[start:end]
    assert len(part.text) <= end - start + 2 * context
    assert part.text == text[part.start : part.start + len(part.text)]
