"""Articles for training: PolNeAR's claims, with sentence ends and names from its silver layers."""

import gzip
import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Span = tuple[int, int]
"""Start and end (exclusive) of a run of characters."""

NAME_TYPES = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC", "MISC": "MISC"}
SENTENCE = re.compile(r"""[.?!]["”’')]*\s+(?=[A-Z"“‘])|\n+""")


class RecipeError(Exception):
    """Something that the recipe needs is missing or wrong."""


class CorpusMissing(RecipeError):
    """A file of the corpora is missing."""


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One annotated claim: the spans of its source (may be empty), cue and content."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text, of type PER, ORG, LOC or MISC."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A punctuation mark: where the word before it ends, and its kind (an index of marks.PAUSES)."""

    at: int
    kind: int


@dataclass(frozen=True, slots=True)
class Opinion:
    """The probability of each tag (in the order of features.TAGS) for a word, according to other models."""

    start: int
    end: int
    tags: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its claims and sentences. `claims` or `names` are None if nobody annotated any.

    `opinions` are predictions for its words by models that were not trained on it; often there are none. `quoted`
    and `pauses` come from its punctuation (marks.with_marks), or are None if that was not determined. `marked`
    means that its names were annotated by hand or model: persons, organisations and places, no MISC.
    """

    id: str
    text: str
    claims: tuple[GoldClaim, ...] | None
    sentences: tuple[Span, ...]
    names: tuple[Name, ...] | None
    opinions: tuple[Opinion, ...] = ()
    quoted: tuple[Span, ...] | None = None
    pauses: tuple[Pause, ...] | None = None
    marked: bool = False


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((int(a), int(b)) for a, b in pairs)


def sentences_by_rule(text: str) -> tuple[Span, ...]:
    """Return the sentences of `text` by its punctuation and line ends, for texts without a silver layer."""
    found: list[Span] = []
    start = 0
    for end in [*(match.end() for match in SENTENCE.finditer(text)), len(text)]:
        piece = text[start:end]
        if piece.strip():
            found.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
            start = end
    return tuple(found)


def silver_sentences(layer: dict[str, Any]) -> tuple[Span, ...]:
    """Return the sentences of a silver row, as characters."""
    tokens, found, first = layer["tokens"], [], 0
    for end in layer["sent_ends"]:
        if end > first:
            found.append((tokens[first][0], tokens[end - 1][1]))
        first = end
    return tuple(found)


def silver_names(layer: dict[str, Any]) -> tuple[Name, ...]:
    """Return the names of a silver row: runs of tokens of one type within a sentence."""
    tokens, types = layer["tokens"], layer["ner"]
    ends = set(layer["sent_ends"])
    found: list[Name] = []
    for i, type_ in enumerate(types):
        if type_ not in NAME_TYPES:
            continue
        start, end = tokens[i]
        if i and types[i - 1] == type_ and i not in ends:
            found[-1] = Name(found[-1].start, end, NAME_TYPES[type_])
        else:
            found.append(Name(start, end, NAME_TYPES[type_]))
    return tuple(found)


def article_of(row: dict[str, Any], layer: dict[str, Any] | None = None) -> Article:
    """Return an article from a row of a gold file, with the silver row of the same text if there is one."""
    claims = tuple(
        GoldClaim(_spans(x["source"]), _spans(x["cue"]), _spans(x["content"])) for x in row["attributions"]
    )
    if layer is None:
        return Article(row["id"], row["text"], claims, sentences_by_rule(row["text"]), None)
    return Article(row["id"], row["text"], claims, silver_sentences(layer), silver_names(layer))


def conll_article(lines: Sequence[str], number: int, id_: str) -> Article:
    """Return an article without claims, from lines of word, IOB2 tag and spacing (`SpaceAfter=No` or `_`)."""
    text = ""
    sentences: list[Span] = []
    names: list[Name] = []
    began: int | None = None
    for line in [*lines, ""]:
        if not line.strip():
            if began is not None:
                sentences.append((began, len(text.rstrip())))
            began = None
            continue
        word, tag, spacing = line.split("\t")
        began = len(text) if began is None else began
        prefix, _, type_ = tag.partition("-")
        if type_ in NAME_TYPES.values():
            if prefix == "I" and names:
                names[-1] = Name(names[-1].start, len(text) + len(word), type_)
            else:
                names.append(Name(len(text), len(text) + len(word), type_))
        text += word + ("" if spacing == "SpaceAfter=No" else " ")
    return Article(f"{id_}.{number}", text.rstrip(), None, tuple(sentences), tuple(names))


def load_names(path: Path) -> list[Article]:
    """Return the documents of a file of names, such as ner/gum-train.iob. Raises CorpusMissing."""
    if not path.is_file():
        raise CorpusMissing(f"{path} is not there; training/README.md says where the corpora come from")
    parts = re.split(r"^# newdoc id = (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [
        conll_article([line for line in body.split("\n") if not line.startswith("#")], number, id_)
        for number, (id_, body) in enumerate(zip(parts[::2], parts[1::2], strict=True))
    ]


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSON lines file, gzipped or not. Raises CorpusMissing."""
    if not path.is_file():
        raise CorpusMissing(f"{path} is not there; training/README.md says where the corpora come from")
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode("utf-8").splitlines() if line.strip()]


def load_polnear(corpora: Path, part: str) -> list[Article]:
    """Return PolNeAR's `part` (train or dev) in the folder `corpora`, with its silver layers."""
    layers = {row["id"]: row for row in rows_of(corpora / "polnear-silver" / f"{part}.jsonl.gz")}
    return [article_of(row, layers.get(row["id"])) for row in rows_of(corpora / "polnear" / f"{part}.jsonl")]


def load_gold(path: Path) -> list[Article]:
    """Return the articles of any gold file in the format of eval/score_claims.py."""
    return [article_of(row) for row in rows_of(path)]


def hold_out(articles: Sequence[Article], count: int, seed: int) -> tuple[list[Article], list[Article]]:
    """Return articles for training and `count` articles for tuning: the same split for the same seed."""
    order = sorted(range(len(articles)), key=lambda i: articles[i].id)
    random.Random(seed).shuffle(order)
    held = set(order[:count])
    return (
        [x for i, x in enumerate(articles) if i not in held],
        [x for i, x in enumerate(articles) if i in held],
    )
