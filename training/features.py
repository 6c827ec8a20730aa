"""What the network learns from an article: its pieces, read as extraction reads them, with labels."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bot.extraction.encoder.word_pieces import PieceReader, Pieces
from training.corpus import Article, Opinion, Pause, Span

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Run = tuple[int, int]
"""First index and index after the last one, of a run of words or of pieces."""

TAGS = ("O", "B-SOURCE", "I-SOURCE", "B-CUE", "I-CUE", "B-CONTENT", "I-CONTENT")
NAME_TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC")
NONE_OF_THREE = len(NAME_TAGS)
"""Label of a piece outside persons, organisations and places, if nobody said whether it is MISC."""
NO_LABEL = -100


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """A claim over pieces: the runs of its cue, source and content."""

    cue: tuple[Run, ...]
    source: tuple[Run, ...]
    content: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """An article as the network sees it: ids and features of its pieces, and the labels of each piece."""

    ids: Ints
    feat: Ints
    tag: Ints
    sent: Ints
    ner: Ints
    claims: tuple[ClaimLink, ...]
    opinions: Floats | None = None
    """The probability of each tag for each piece, by other models (pieces × tags; zeros: none), or None."""
    quoted: Ints | None = None
    """1 for each piece that is, or was, in quotation marks."""
    pause: Ints | None = None
    """The kind of pause (marks.PAUSES) after each word, at its first piece; it may have been lost since."""


def reader_of(tokenizer: Path) -> PieceReader:
    """Return the reader of pieces that extraction uses, with the tokenizer.json at `tokenizer`."""
    return PieceReader(Tokenizer.from_file(str(tokenizer)))


def runs_over(pieces: Pieces, spans: tuple[Span, ...]) -> tuple[Run, ...]:
    """Return the runs of pieces of the words that overlap each span, without empty ones."""
    edges = np.append(pieces.first, len(pieces.ids))
    found = []
    for start, end in spans:
        a = int(np.searchsorted(pieces.ends, start, side="right"))
        b = int(np.searchsorted(pieces.starts, end, side="left"))
        if a < b:
            found.append((int(edges[a]), int(edges[b])))
    return tuple(found)


def _mark(labels: Ints, runs: tuple[Run, ...], begin: int) -> None:
    for a, b in runs:
        labels[a] = begin
        labels[a + 1 : b] = begin + 1


def opinions_over(pieces: Pieces, opinions: Iterable[Opinion]) -> Floats:
    """Return the predictions for words as predictions for their pieces: B- becomes I- on further pieces."""
    found = np.zeros((len(pieces.ids), len(TAGS)), dtype=np.float32)
    for opinion in opinions:
        for a, b in runs_over(pieces, ((opinion.start, opinion.end),)):
            found[a] = opinion.tags
            inside = np.array(opinion.tags, dtype=np.float32)
            inside[2::2] += inside[1::2]
            inside[1::2] = 0
            found[a + 1 : b] = inside
    return found


def pauses_over(pieces: Pieces, pauses: Iterable[Pause]) -> Ints:
    """Return the pauses as labels of the first pieces of the words before them. Further pieces have no label."""
    labels = np.full(len(pieces.ids), NO_LABEL, dtype=np.int64)
    labels[pieces.first] = 0
    for pause in pauses:
        word = int(np.searchsorted(pieces.ends, pause.at, side="left"))
        if word < len(pieces) and pieces.starts[word] < pause.at:
            labels[pieces.first[word]] = pause.kind
    return labels


def example_of(article: Article, reader: PieceReader) -> Example:
    """Return the article's pieces with their labels. Claims without a cue are tagged, but give no link."""
    pieces = reader.read(article.text)
    tag, sent, ner = (np.zeros(len(pieces.ids), dtype=np.int64) for _ in range(3))
    links = []
    if article.claims is None:
        tag[:] = NO_LABEL
    for claim in article.claims or ():
        link = ClaimLink(*(runs_over(pieces, spans) for spans in (claim.cue, claim.source, claim.content)))
        # if annotations overlap, sources win over cues and cues over contents
        _mark(tag, link.content, TAGS.index("B-CONTENT"))
        _mark(tag, link.cue, TAGS.index("B-CUE"))
        _mark(tag, link.source, TAGS.index("B-SOURCE"))
        if link.cue:
            links.append(link)
    for a, _ in runs_over(pieces, article.sentences):
        sent[a] = 1
    if article.names is None:
        ner[:] = NO_LABEL
    elif article.marked:
        ner[:] = NONE_OF_THREE
    for name in article.names or ():
        runs = runs_over(pieces, ((name.start, name.end),))
        _mark(ner, runs, NAME_TAGS.index(f"B-{name.type}"))
    opinions = opinions_over(pieces, article.opinions) if article.opinions else None
    quoted = pause = None
    if article.quoted is not None:
        quoted = np.zeros(len(pieces.ids), dtype=np.int64)
        for a, b in runs_over(pieces, article.quoted):
            quoted[a:b] = 1
    if article.pauses is not None:
        pause = pauses_over(pieces, article.pauses)
    return Example(pieces.ids, pieces.features, tag, sent, ner, tuple(links), opinions, quoted, pause)
