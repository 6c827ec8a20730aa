"""Figures of an exported model, read by the very code that extraction runs."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.extraction.claims.linker import Link, LinkOptions, LinkWeights, Words, links
from bot.extraction.claims.verifier import Verifier
from bot.extraction.claims.verifier_features import signs_of
from bot.extraction.encoder.bio_decoding import log_probabilities
from bot.extraction.encoder.doc_state import Scores
from bot.extraction.encoder.onnx_encoder import Encoder
from bot.extraction.encoder.word_pieces import PieceReader, Pieces
from training.corpus import Article, GoldClaim, Span
from training.degradation import Damage, damaged
from training.scoring import Figures, figures_of

LOOSE = LinkOptions(minimum_score=-6.0)
"""More links than are right: which to keep is the verifier's to say."""
LEAST = 0.2
"""How likely a link must be to count as a claim: best for F1 on the articles of the folds."""
WORST = Damage(punctuation=True, glued=1.0, flat=True)


@dataclass(frozen=True, slots=True)
class Read:
    """An article with its pieces and what the model said about them."""

    article: Article
    pieces: Pieces
    scores: Scores


def read_all(model: bytes, articles: Iterable[Article], reader: PieceReader) -> list[Read]:
    """What the exported `model` says about each article."""
    encoder = Encoder().from_bytes(model)
    found = []
    for article in articles:
        pieces = reader.read(article.text)
        found.append(Read(article, pieces, encoder.score(pieces)))
    return found


def link_weights(head: Path) -> LinkWeights:
    """The linker's biases in an npz of the export."""
    values = np.load(head)
    return LinkWeights(distance=values["dist"], bias=values["pb"])


def claim_of(link: Link, pieces: Pieces) -> GoldClaim:
    """The link as a claim over characters."""

    def span(words: Words) -> Span:
        return int(pieces.starts[words[0]]), int(pieces.ends[words[1] - 1])

    source = () if link.source is None else (span(link.source),)
    return GoldClaim(source, (span(link.cue),), tuple(span(x) for x in link.content))


def claim_figures(
    read: Iterable[Read], weights: LinkWeights, options: LinkOptions, verifier: Verifier | None = None
) -> Figures:
    """The figures of the claims found in all that was read, or of those among them that a verifier lets pass."""
    total = Figures()
    for x in read:
        found = links(x.pieces, x.scores, weights, options)
        if verifier is not None:
            tags = np.exp(log_probabilities(x.scores.tag))
            signs = (signs_of(link, x.pieces, tags, x.article.text) for link in found)
            found = [link for link, seen in zip(found, signs, strict=True) if verifier.probability(seen) >= LEAST]
        total += figures_of(x.article, [claim_of(link, x.pieces) for link in found])
    return total


def measured(
    model: bytes,
    weights: LinkWeights,
    sets: dict[str, Sequence[Article]],
    reader: PieceReader,
    verifier: Verifier | None = None,
    worse: Callable[[Article], Article] | None = None,
) -> dict[str, Any]:
    """Figures by set, of the text as it is and of a copy scraped as badly as can be."""
    rng = random.Random(0)
    spoil = worse or (lambda article: damaged(article, WORST, rng))
    options = LinkOptions() if verifier is None else LOOSE
    table = {}
    for name, articles in sets.items():
        copies = {name: articles, f"{name}, degraded": [spoil(x) for x in articles]}
        for title, rows in copies.items():
            read = read_all(model, rows, reader)
            table[title] = claim_figures(read, weights, options, verifier).table()
    return table
