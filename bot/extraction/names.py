"""Names of persons, organisations and places, from the encoder's scores."""

import re
from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.annotations import pieces_of, scores_of, set_entities, text_of
from bot.extraction.pieces import Pieces
from bot.extraction.tagging import LabelledSpan, best_labels, spans_of

LABELS = ("PERSON", "ORG", "LOC")
"""What names of each type are called; a model may know further types, which nobody asks for."""
PERSON, ORGANISATION = LABELS.index("PERSON"), LABELS.index("ORG")
TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "justice", "reverend", "rev", "sir", "lord", "lady"))
"""Words before a person's name that are no part of it."""
LAWS = frozenset(("act", "bill", "constitution", "amendment", "register", "treaty", "statute"))
"""What a name of many that look like those of organisations ends in: nobody who could say anything."""
DIRECTION = r"(?:North|South|East|West)(?:ern)?|Central"
TWO_DIRECTIONS = re.compile(rf"(?:{DIRECTION}) (?:and|&) (?:{DIRECTION})\b")
"""The beginning of one organisation's name: the Central and East European Coalition."""


class NameFinder:
    """Leaves names on the Doc, and makes them its entities."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the names in `doc`."""
        pieces = pieces_of(doc)
        found = spans_of(best_labels(scores_of(doc).name))
        set_entities(
            doc,
            [
                (int(pieces.starts[span.start]), int(pieces.ends[span.end - 1]), LABELS[span.label])
                for span in trimmed(joined(found, pieces, text_of(doc)), pieces, text_of(doc))
                if span.label < len(LABELS)
            ],
        )
        return doc


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
        return text[int(pieces.starts[index]) : int(pieces.ends[index])].casefold()

    found = []
    for span in spans:
        if span.label == ORGANISATION and word(span.end - 1) in LAWS:
            continue
        titled = span.label == PERSON and span.end - span.start > 1 and word(span.start) in TITLES
        dotted = titled and span.end - span.start > 2 and word(span.start + 1) == "."
        found.append(LabelledSpan(span.label, span.start + titled + dotted, span.end))
    return found


@Language.factory("hearsay_names", assigns=["doc.ents"])
def create_name_finder(nlp: Language, name: str) -> NameFinder:  # noqa: ARG001
    """Make the component that finds names."""
    return NameFinder()
