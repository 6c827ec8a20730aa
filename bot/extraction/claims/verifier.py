"""How likely a link is a right claim: a logistic regression over its signs, learnt on articles it had not seen.

The encoder's own scores are too sure of what it has learnt by heart. So the verifier is fitted on links found by
models in articles that these had not seen (`python -m training verifier`).
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.extraction.claims.verifier_features import NUMBERS, WORDS, Signs

STEEPEST = 50.0


@dataclass(frozen=True, slots=True)
class Verifier:
    """`numbers` and `words` weigh the signs, after `means` and `scales` have made numbers comparable.

    `lexicon` has for each of `WORDS` how much a word in that place speaks for a claim (log odds); `unknown` stands
    for words it lacks. `bias` is added; `slope` times the outcome plus `shift` is the log odds of being right.
    """

    bias: float
    means: Sequence[float]
    scales: Sequence[float]
    numbers: Sequence[float]
    words: Sequence[float]
    lexicon: Sequence[Mapping[str, float]]
    unknown: float
    slope: float = 1.0
    shift: float = 0.0

    def score(self, signs: Signs) -> float:
        """Return the log odds that a link is right, before slope and shift."""
        total = self.bias
        for value, mean, scale, weight in zip(signs.numbers, self.means, self.scales, self.numbers, strict=True):
            total += weight * (value - mean) / scale
        for word, known, weight in zip(signs.words, self.lexicon, self.words, strict=True):
            total += weight * known.get(word, self.unknown)
        return total

    def probability(self, signs: Signs) -> float:
        """Return how likely a link with these signs is a right claim."""
        odds = max(-STEEPEST, min(STEEPEST, self.slope * self.score(signs) + self.shift))
        return 1 / (1 + math.exp(-odds))


def to_json(verifier: Verifier) -> bytes:
    """Write a verifier down, its weights with the names of what they weigh."""
    data = {
        "bias": verifier.bias,
        "slope": verifier.slope,
        "shift": verifier.shift,
        "unknown": verifier.unknown,
        "numbers": {
            name: [round(x, 5) for x in row]
            for name, *row in zip(NUMBERS, verifier.means, verifier.scales, verifier.numbers, strict=True)
        },
        "words": {
            name: {"weight": round(weight, 5), "lexicon": {k: round(v, 3) for k, v in sorted(known.items())}}
            for name, weight, known in zip(WORDS, verifier.words, verifier.lexicon, strict=True)
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=0).encode()


def from_json(data: bytes) -> Verifier:
    """Read a verifier. Raises ValueError or KeyError where it does not fit the signs of this version."""
    read: dict[str, Any] = json.loads(data)
    if tuple(read["numbers"]) != NUMBERS or tuple(read["words"]) != WORDS:
        raise ValueError("the verifier was made for other signs of a claim; fit it anew")
    means, scales, weights = zip(*read["numbers"].values(), strict=True)
    return Verifier(
        bias=float(read["bias"]),
        means=means,
        scales=scales,
        numbers=weights,
        words=[row["weight"] for row in read["words"].values()],
        lexicon=[row["lexicon"] for row in read["words"].values()],
        unknown=float(read["unknown"]),
        slope=float(read["slope"]),
        shift=float(read["shift"]),
    )
