"""Names of a treebank that marks proper nouns but not whose: their edges from it, their types from a model.

A model that knows names of the news is unsure in mail, reviews and weblogs above all about where a name begins and
ends. The treebank's part-of-speech tags say that, so the model is asked only for the type. Where it is not sure,
only the edges are taught.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.extraction.pieces import PieceReader, Pieces
from training.corpus import UNSURE, Article, CorpusMissing, Name, Span

if TYPE_CHECKING:
    from bot.extraction.encoder import Encoder

Floats = NDArray[np.float32]
NO_NAMES = frozenset(
    """
    mr mrs ms miss dr prof rev sir president senator sen rep gov governor general gen col lt capt sgt minister
    secretary king queen prince princess pope judge justice chairman ceo mayor sheikh shaikh ayatollah imam
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec am pm est edt cst cdt mst mdt pst pdt gmt
    """.split()  # noqa: SIM905  (a list of them is no easier to read)
)
"""Proper nouns that are titles, days, months or hours: alone no names, and no part of one at its beginning."""
SURE, NOT_ONE = 0.5, 0.2
"""From the first probability of a type on a name has it; below the second of all three together, it is MISC."""
TYPES = ("PER", "ORG", "LOC")
BETWEEN = re.compile(r" (of|for|and)( the)? ")


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a treebank: its characters, part of speech, number in the sentence and that of its head."""

    start: int
    end: int
    tag: str
    number: int
    head: int


def documents(path: Path) -> Iterator[tuple[Article, list[list[Token]]]]:
    """The documents of a CoNLL-U file and the tokens of their sentences, a sentence a line of the text.

    In every other one a space stands between all tokens, as in texts that were put together from tokens. Raises
    CorpusMissing where there is no such file.
    """
    if not path.is_file():
        raise CorpusMissing(f"{path} is not there; training/README.md says where the corpora come from")
    parts = re.split(r"^# newdoc id = (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    for number, (id_, body) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
        spaced = number % 2 == 1
        text, sentences, spans = "", list[list[Token]](), list[Span]()
        for block in body.strip().split("\n\n"):
            tokens, began = list[Token](), len(text)
            for line in block.split("\n"):
                columns = line.split("\t")
                if not columns[0].isdecimal():
                    continue
                start = len(text)
                text += columns[1]
                tokens.append(Token(start, len(text), columns[4], int(columns[0]), int(columns[6])))
                text += "" if "SpaceAfter=No" in columns[9] and not spaced else " "
            text = text.rstrip()
            if tokens:
                sentences.append(tokens)
                spans.append((began, len(text)))
            text += "\n"
        yield Article(id_, text.rstrip(), None, tuple(spans), None), sentences


def _hang_together(run: Sequence[Token], token: Token, text: str) -> bool:
    """Whether `token` stands right behind the run, or behind a hyphen, and depends on what the run depends on."""
    last = run[-1]
    hyphen = token.number == last.number + 2 and text[last.end : token.start].strip() == "-"
    if token.number != last.number + 1 and not hyphen:
        return False
    numbers, heads = {x.number for x in run}, {x.head for x in run}
    to_come = token.head in heads and token.head > token.number
    return token.head in numbers or token.number in heads or to_come


def runs_of_proper_nouns(tokens: Sequence[Token], text: str) -> list[Span]:
    """The characters of each run of proper nouns that hang together, titles at its beginning cut off."""
    runs: list[list[Token]] = []
    for token in tokens:
        if not token.tag.startswith("NNP"):
            continue
        if runs and _hang_together(runs[-1], token, text):
            runs[-1].append(token)
        else:
            runs.append([token])
    found = []
    for run in runs:
        while run and text[run[0].start : run[0].end].lower().rstrip(".") in NO_NAMES:
            run = run[1:]  # noqa: PLW2901  (the run that is left)
        if run:
            found.append((run[0].start, run[-1].end))
    return found


def type_of(likely: Floats) -> str:
    """The type of a name by the probabilities (words × name tags) that a model gives its words."""
    mean = likely.mean(0)
    by_type = [float(mean[1 + 2 * i] + mean[2 + 2 * i]) for i in range(len(TYPES))]
    if max(by_type) >= SURE:
        return TYPES[by_type.index(max(by_type))]
    return "MISC" if sum(by_type) < NOT_ONE else UNSURE


def _words(span: Span, pieces: Pieces) -> slice:
    return slice(
        int(np.searchsorted(pieces.ends, span[0], side="right")),
        int(np.searchsorted(pieces.starts, span[1], side="left")),
    )


def _joined(spans: Iterable[Span], pieces: Pieces, likely: Floats, text: str) -> list[Span]:
    """The spans, two made one where the model has the words between them ("of", "for the") inside a name."""
    found: list[Span] = []
    for span in spans:
        if found and BETWEEN.fullmatch(text, found[-1][1], span[0]):
            between = likely[_words((found[-1][1], span[0]), pieces)]
            if len(between) and (between.argmax(1) % 2 == 0).all() and (between.argmax(1) > 0).all():
                found[-1] = (found[-1][0], span[1])
                continue
        found.append(span)
    return found


def articles_with_names(path: Path, encoder: "Encoder", reader: PieceReader) -> list[Article]:
    """The documents of the treebank at `path`, their proper nouns as names; `encoder` tells the types."""
    articles = []
    for article, sentences in documents(path):
        pieces = reader.read(article.text)
        scores = encoder.score(pieces).name
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        names = []
        for tokens in sentences:
            spans = runs_of_proper_nouns(tokens, article.text)
            for span in _joined(spans, pieces, likely, article.text):
                rows = likely[_words(span, pieces)]
                names.append(Name(*span, type_of(rows) if len(rows) else UNSURE))
        articles.append(Article(article.id, article.text, None, article.sentences, tuple(names)))
    return articles


def typed_proper_nouns(corpora: Path, model: Path | None, reader: PieceReader) -> list[Article]:
    """The documents of EWT, their proper nouns as names of the types that a model gives; none without one."""
    from bot.extraction.encoder import FILE, Encoder  # noqa: PLC0415  (needs spaCy, which training itself does not)

    if model is None:
        return []
    encoder = Encoder().from_bytes((model / FILE).read_bytes())
    return articles_with_names(corpora / "ud-ewt" / "train.conllu", encoder, reader)
