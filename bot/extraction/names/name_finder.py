"""Names of persons, organisations and places, from the encoder's scores."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.encoder.bio_decoding import (
    LabelledSpan,
    Scores,
    best_labels,
    log_probabilities,
    spans_of,
)
from bot.extraction.encoder.doc_state import pieces_of, scores_of, set_entities, text_of
from bot.extraction.encoder.word_pieces import Pieces

LABELS = ("PERSON", "ORG", "LOC")
"""What names of each type are called; a model may know further types, which nobody asks for."""
PERSON, ORGANISATION = LABELS.index("PERSON"), LABELS.index("ORG")
TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "justice", "reverend", "rev", "sir", "lord", "lady"))
"""Words before a person's name that are no part of it."""
LAWS = frozenset(("act", "bill", "constitution", "amendment", "register", "treaty", "statute"))
"""What a name of many that look like those of organisations ends in: nobody who could say anything."""
FORMS = frozenset(("inc", "corp", "ltd", "llc", "plc", "gmbh"))
"""What a firm is by law, behind its name."""
MARKS = frozenset("'’‘`\"“”-–—@*")
"""What is no part of a name at its end."""
SHORT_LINE = 45
ADDRESS = 60
BEFORE, AFTER = re.compile(r"[^\s<>()\[\]\"“”,;]+$"), re.compile(r"[^\s<>()\[\]\"“”,;]+")
IN_ADDRESS = re.compile(
    r"@[\w-]+\.\w|://|^www\.|\w_\w|[\w-]\.(?:com|org|net|co|gov|edu|info|biz|doc|docx|pdf|xls|jpg|html?)\b",
    re.IGNORECASE,
)
LONG_WORD = 5
"""Letters from which on a word with a full stop is hardly an abbreviation."""
DIRECTION = r"(?:North|South|East|West)(?:ern)?|Central"
TWO_DIRECTIONS = re.compile(rf"(?:{DIRECTION}) (?:and|&) (?:{DIRECTION})\b")
"""The beginning of one organisation's name: the Central and East European Coalition."""


class NameFinder:
    """Leaves names on the Doc, and makes them its entities."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the names in `doc`."""
        pieces = pieces_of(doc)
        scores = scores_of(doc).name
        found = spans_of(best_labels(scores))
        set_entities(
            doc,
            [
                (int(pieces.starts[span.start]), int(pieces.ends[span.end - 1]), LABELS[span.label])
                for span in agreed(self._mended(found, pieces, text_of(doc)), scores, pieces, text_of(doc))
                if span.label < len(LABELS)
            ],
        )
        return doc

    @staticmethod
    def _mended(found: Iterable[LabelledSpan], pieces: Pieces, text: str) -> list[LabelledSpan]:
        whole = in_one_sentence(on_one_line(found, pieces, text), pieces, text)
        return trimmed(joined(whole, pieces, text), pieces, text)


def agreed(spans: Sequence[LabelledSpan], scores: Scores, pieces: Pieces, text: str) -> list[LabelledSpan]:
    """Return the names, those that are spelled the same with one label: the likeliest of all their places.

    `scores` are words × labels, before any of the labels "nothing", first and further word of each type.
    """
    names = [text[int(pieces.starts[x.start]) : int(pieces.ends[x.end - 1])].casefold() for x in spans]
    likely: dict[str, NDArray[np.float64]] = {}
    for name, span in zip(names, spans, strict=True):
        rows = np.exp(log_probabilities(scores[span.start : span.end]))
        by_type = (rows[:, 1::2] + rows[:, 2::2]).mean(0, dtype=np.float64)
        likely[name] = likely[name] + by_type if name in likely else by_type
    kinds = len(LABELS)
    return [
        replace(span, label=int(np.argmax(likely[name][:kinds]))) if span.label < kinds else span
        for name, span in zip(names, spans, strict=True)
    ]


def on_one_line(spans: Iterable[LabelledSpan], pieces: Pieces, text: str) -> list[LabelledSpan]:
    """Return the names, those cut in two that go over the end of a short line, as in signatures and lists.

    Long lines are those of a text that was broken at some width.
    """
    found = []
    for span in spans:
        start = span.start
        for word in range(span.start + 1, span.end):
            gap = text[int(pieces.ends[word - 1]) : int(pieces.starts[word])]
            if "\n" in gap:
                line = int(pieces.ends[word - 1]) - text.rfind("\n", 0, int(pieces.ends[word - 1])) - 1
                if line < SHORT_LINE or gap.count("\n") > 1:
                    found.append(LabelledSpan(span.label, start, word))
                    start = word
        found.append(LabelledSpan(span.label, start, span.end))
    return found


def in_one_sentence(spans: Iterable[LabelledSpan], pieces: Pieces, text: str) -> list[LabelledSpan]:
    """Return the names, those of persons cut in two where a sentence ends: "his wife Sheila. Wheels followed".

    A full stop behind a short word, or behind a title, may be that of an abbreviation.
    """
    found = []
    for span in spans:
        start = span.start
        for word in range(span.start + 2, span.end if span.label == PERSON else 0):
            before = text[int(pieces.starts[word - 2]) : int(pieces.ends[word - 2])]
            ends = text[int(pieces.starts[word - 1]) : int(pieces.ends[word - 1])] == "."
            apart = int(pieces.starts[word]) > int(pieces.ends[word - 1])
            if ends and apart and len(before) >= LONG_WORD and before.casefold() not in TITLES:
                found.append(LabelledSpan(span.label, start, word - 1))
                start = word
        found.append(LabelledSpan(span.label, start, span.end))
    return found


def in_address(start: int, end: int, text: str) -> bool:
    """Return whether the characters from `start` to `end` are only a part of a mail address, link or file name."""
    before = BEFORE.search(text, max(0, start - ADDRESS), start)
    after = AFTER.match(text, end, end + ADDRESS)
    token = f"{before.group() if before else ''}{text[start:end]}{after.group() if after else ''}"
    return len(token) > end - start and " " not in text[start:end] and IN_ADDRESS.search(token) is not None


def joined(spans: Iterable[LabelledSpan], pieces: Pieces, text: str) -> list[LabelledSpan]:
    """Return the names, two of one type made one where nothing but a space stands between them.

    An organisation of two directions has both in its name.
    """
    found: list[LabelledSpan] = []
    for each in spans:
        span = _with_both_directions(each, pieces, text)
        while found and span.start < found[-1].end:
            found.pop()
        before = found[-1] if found else None
        if (
            before is not None
            and (before.label, before.end) == (span.label, span.start)
            and text[int(pieces.ends[before.end - 1]) : int(pieces.starts[span.start])] in {"", " "}
        ):
            found[-1] = LabelledSpan(span.label, before.start, span.end)
        else:
            found.append(span)
    return found


def _with_both_directions(span: LabelledSpan, pieces: Pieces, text: str) -> LabelledSpan:
    """Return the name, begun two words earlier where these are a direction and "and"."""
    if span.label != ORGANISATION or span.start < 2:
        return span
    directions = TWO_DIRECTIONS.match(text, int(pieces.starts[span.start - 2]))
    inside = directions is not None and directions.end() > int(pieces.starts[span.start])
    return LabelledSpan(span.label, span.start - 2, span.end) if inside else span


def trimmed(spans: Iterable[LabelledSpan], pieces: Pieces, text: str) -> list[LabelledSpan]:
    """Return the names of persons without a title before them, and those of organisations that are no laws."""

    def word(index: int) -> str:
        inside = index < len(pieces)
        return text[int(pieces.starts[index]) : int(pieces.ends[index])].casefold() if inside else ""

    def with_form(end: int) -> int:
        """Return where a firm's name ends that has its form behind it: ", Inc."."""
        form = end + (word(end) == ",")
        if word(form) not in FORMS:
            return end
        dotted = word(form + 1) == "." and pieces.starts[form + 1] == pieces.ends[form]
        return form + 1 + bool(dotted)

    found: list[LabelledSpan] = []
    for span in spans:
        if found and span.start < found[-1].end:
            continue
        end = with_form(span.end) if span.label == ORGANISATION else span.end
        while end > span.start + 1 and word(end - 1) in MARKS:
            end -= 1
        if span.label == ORGANISATION and word(end - 1) in LAWS:
            continue
        if in_address(int(pieces.starts[span.start]), int(pieces.ends[end - 1]), text):
            continue
        titled = span.label == PERSON and end - span.start > 1 and word(span.start) in TITLES
        dotted = titled and end - span.start > 2 and word(span.start + 1) == "."
        found.append(LabelledSpan(span.label, span.start + titled + dotted, end))
    return found


@Language.factory("hearsay_names", assigns=["doc.ents"])
def create_name_finder(nlp: Language, name: str) -> NameFinder:  # noqa: ARG001
    """Make the component that finds names."""
    return NameFinder()
