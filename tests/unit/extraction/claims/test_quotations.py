import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.claims.quotations import quotations, wording
from bot.model.claims import Wording


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We wait,” she said.", ["We wait,"]),
        ('"We wait," she said. "Then we go."', ["We wait,", "Then we go."]),
        ("«We wait», she said", ["We wait"]),
        ("‘We don’t wait,’ she said", ["We don’t wait,"]),
        ("'We don't wait,' she said", ["We don't wait,"]),
        ("“He said ‘no’ to me,” she said", ["He said ‘no’ to me,"]),
        ("the voters’ views and the Smiths’ house", []),
        ("it's the dogs' 5'10\" fence", []),
        ("„Wir warten“, sagte sie", ["Wir warten"]),
        ("“First paragraph.\n\n“Second,” she said.", ["First paragraph.", "Second,"]),
        ("A slip “ that is never closed\n\nNext paragraph", []),
        ("no marks at all", []),
        ("", []),
    ],
)
def test_words_between_marks_are_quoted(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == quoted


@given(st.text("ab .,\n“”‘’\"'«»", max_size=60))
def test_quotations_are_ordered_and_within_the_text(text: str) -> None:
    spans = quotations(text)
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("“We wait,”", Wording.VERBATIM),
        ("it was “wise” to wait", Wording.MIXED),
        ("they would wait", Wording.PARAPHRASED),
    ],
)
def test_wording_follows_the_marks(content: str, expected: Wording) -> None:
    text = f"She said {content} today."
    start = text.index(content)
    assert wording([(start, start + len(content))], quotations(text), text) is expected


def test_text_that_lost_its_marks_is_never_verbatim() -> None:
    text = "Im concerned she said"
    assert wording([(0, 12)], quotations(text), text) is Wording.PARAPHRASED


def test_a_line_break_within_a_sentence_does_not_end_a_quotation() -> None:
    text = "A spokesman said: “We are sorry, but\nthe snow was heavy.”"
    assert [text[a:b] for a, b in quotations(text)] == ["We are sorry, but\nthe snow was heavy."]


def test_a_word_of_its_own_before_a_quotation_makes_it_mixed() -> None:
    text = "He called it “a textbook case of favouritism to a single defence contractor in all its many years”."
    quoted = quotations(text)
    assert wording([(text.index("it "), len(text) - 1)], quoted, text) is Wording.MIXED
    linked = text.replace("called it", "said that")
    span = linked.index("that "), len(linked) - 1
    assert wording([span], quotations(linked), linked) is Wording.VERBATIM
