"""Figures of an exported model, read by the same code that extraction runs."""

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
"""More links than are right: the verifier decides which to keep."""
LEAST = 0.2
"""The minimum probability of a link that counts as a claim: best for F1 on the articles of the folds."""
WORST = Damage(punctuation=True, glued=1.0, flat=True)


@dataclass(frozen=True, slots=True)
class Read:
    """An article with its pieces and the output of the model."""

    article: Article
    pieces: Pieces
    scores: Scores


def read_all(model: bytes, articles: Iterable[Article], reader: PieceReader) -> list[Read]:
    """Return the output of the exported `model` for each article."""
    encoder = Encoder().from_bytes(model)
    found = []
    for article in articles:
        pieces = reader.read(article.text)
        found.append(Read(article, pieces, encoder.score(pieces)))
    return found


def link_weights(head: Path) -> LinkWeights:
    """Return the linker's biases from an exported npz."""
    values = np.load(head)
    return LinkWeights(distance=values["dist"], bias=values["pb"])


def claim_of(link: Link, pieces: Pieces) -> GoldClaim:
    """Return the link as a claim over characters."""

    def span(words: Words) -> Span:
        return int(pieces.starts[words[0]]), int(pieces.ends[words[1] - 1])

    source = () if link.source is None else (span(link.source),)
    return GoldClaim(source, (span(link.cue),), tuple(span(x) for x in link.content))


def claim_figures(
    read: Iterable[Read], weights: LinkWeights, options: LinkOptions, verifier: Verifier | None = None
) -> Figures:
    """Return the figures of all claims found, or of those that a verifier accepts."""
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
    """Return figures by set, for the clean text and for a badly scraped copy."""
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
