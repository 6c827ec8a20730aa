"""Fits the verifier: which of the links that models find in unseen articles are right."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.extraction.claims.linker import LinkOptions, LinkWeights, links
from bot.extraction.claims.verifier import Verifier
from bot.extraction.claims.verifier_features import WORDS, Signs, signs_of
from bot.extraction.encoder.bio_decoding import log_probabilities
from training.evaluation import LOOSE, Read, claim_of
from training.scoring import right_claims

Floats = NDArray[np.float64]
PRIOR_WEIGHT = 8.0
"""How many links the overall share counts for, next to those with a word."""
RARE = 3
"""Words that occur less often are not kept."""
RIDGE = 2.0


@dataclass(frozen=True, slots=True)
class Rated:
    """A link's signs and whether it was right."""

    signs: Signs
    right: bool


def rated(read: Iterable[Read], weights: LinkWeights, options: LinkOptions = LOOSE) -> list[Rated]:
    """Return the links found in everything that was read, each compared with the annotation of its article."""
    found: list[Rated] = []
    for x in read:
        tags = np.exp(log_probabilities(x.scores.tag))
        own = links(x.pieces, x.scores, weights, options)
        claims = [claim_of(link, x.pieces) for link in own]
        _, right = right_claims(x.article.text, x.article.claims or (), claims)
        found += [Rated(signs_of(link, x.pieces, tags, x.article.text), i in right) for i, link in enumerate(own)]
    return found


def _log_odds(p: float) -> float:
    return math.log(p / (1 - p))


def logistic(x: Floats, y: Floats, ridge: float = RIDGE) -> Floats:
    """Return the weights of a logistic regression by Newton's method; the first column is not shrunk."""
    weights = np.zeros(x.shape[1])
    shrink = np.full(x.shape[1], ridge)
    shrink[0] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + shrink * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x + np.diag(shrink)
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def fitted(examples: Sequence[Rated]) -> Verifier:
    """Return a verifier fitted to the examples. The share of a word for an example is counted without the
    example."""
    prior = sum(x.right for x in examples) / len(examples)
    seen = [Counter(x.signs.words[i] for x in examples) for i in range(len(WORDS))]
    good = [Counter(x.signs.words[i] for x in examples if x.right) for i in range(len(WORDS))]

    def worth(i: int, word: str, without: bool | None = None) -> float:
        n, h = seen[i][word], good[i][word]
        if without is not None:
            n, h = n - 1, h - without
        return _log_odds((h + PRIOR_WEIGHT * prior) / (n + PRIOR_WEIGHT))

    numbers = np.array([x.signs.numbers for x in examples])
    means, scales = numbers.mean(0), numbers.std(0) + 1e-6
    values = np.array([[worth(i, word, x.right) for i, word in enumerate(x.signs.words)] for x in examples])
    table = np.hstack([np.ones((len(examples), 1)), (numbers - means) / scales, values])
    weights = logistic(table, np.array([float(x.right) for x in examples]))
    count = numbers.shape[1]
    return Verifier(
        bias=float(weights[0]),
        means=means.tolist(),
        scales=scales.tolist(),
        numbers=weights[1 : 1 + count].tolist(),
        words=weights[1 + count :].tolist(),
        lexicon=[{w: worth(i, w) for w, n in seen[i].items() if n >= RARE} for i in range(len(WORDS))],
        unknown=_log_odds(prior),
    )
