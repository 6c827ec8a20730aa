"""The kind of a claim with a probability: a softmax regression over its features, calibrated for each kind.

Fitted by `python -m training kinds` on claims that were marked by hand, and calibrated on articles held out.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.model.claims import SURE_KIND, Kind

STEEPEST = 50.0
SMALLEST = 1e-6
BELOW = 0.89
"""The most that a kind by rules alone is trusted: it is not shown."""
PROMISED = 0.95
"""How far a promise by rules is trusted: of 67 marked ones, 65 are."""
CUE_SAYS = "cue says "
"""A feature: the kind that the words of the cue say by rule."""
BARRED = "never "
"""A feature: a kind that the words rule out ("refused to deny" is no denial)."""


@dataclass(frozen=True, slots=True)
class KindModel:
    """`weights` gives for each feature its weight for each of `kinds`; `bias` is added.

    The log odds of the likeliest kind, times its `slopes` plus its `shifts`, and plus its `agreed` if the words of
    the cue say the same by rule, are those of being right.
    """

    kinds: Sequence[Kind]
    bias: Sequence[float]
    weights: Mapping[str, Sequence[float]]
    slopes: Sequence[float]
    shifts: Sequence[float]
    agreed: Sequence[float]

    def likeliest(self, features: Sequence[str]) -> tuple[Kind, float]:
        """Return the likeliest kind of a claim with these features, and the probability that it is right."""
        return self._calibrated(self._chances(features), features)

    def told(self, features: Sequence[str], ruled: Kind) -> tuple[Kind, float]:
        """Return the kind of a claim and its probability: the likeliest if it is sure, else the one by rules.

        Rules are the better guess on plain news: what is learned from commentary sees opinions everywhere. A
        promise by rule is one, and what a rule rules out is not shown.
        """
        if ruled is Kind.PROMISE:
            return ruled, PROMISED
        chances = self._chances(features)
        kind, sure = self._calibrated(chances, features)
        if f"{BARRED}{kind.value}" in features:
            return ruled, min(chances[self.kinds.index(ruled)], BELOW)
        if sure >= SURE_KIND or kind is ruled:
            return kind, sure
        return ruled, min(chances[self.kinds.index(ruled)], BELOW)

    def _chances(self, features: Sequence[str]) -> list[float]:
        scores = list(self.bias)
        for feature in features:
            row = self.weights.get(feature)
            if row is not None:
                scores = [score + weight for score, weight in zip(scores, row, strict=True)]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        whole = sum(powers)
        return [power / whole for power in powers]

    def _calibrated(self, chances: Sequence[float], features: Sequence[str]) -> tuple[Kind, float]:
        chance = max(chances)
        best = chances.index(chance)
        odds = math.log(max(chance, SMALLEST) / max(1 - chance, SMALLEST))
        agrees = f"{CUE_SAYS}{self.kinds[best].value}" in features
        right = self.slopes[best] * odds + self.shifts[best] + self.agreed[best] * agrees
        right = max(-STEEPEST, min(STEEPEST, right))
        return self.kinds[best], 1 / (1 + math.exp(-right))


def to_json(model: KindModel) -> bytes:
    """Return a model as JSON, one feature a line."""
    data = {
        "kinds": [kind.value for kind in model.kinds],
        "bias": [round(value, 4) for value in model.bias],
        "slopes": [round(value, 4) for value in model.slopes],
        "shifts": [round(value, 4) for value in model.shifts],
        "agreed": [round(value, 4) for value in model.agreed],
        "weights": {name: [round(value, 3) for value in row] for name, row in sorted(model.weights.items())},
    }
    lines = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return (lines.replace('],"', '],\n"') + "\n").encode()


def from_json(data: bytes) -> KindModel:
    """Read a model. Raises ValueError or KeyError if it does not fit the kinds of this version."""
    read: dict[str, Any] = json.loads(data)
    kinds = [Kind(name) for name in read["kinds"]]
    calibration = read["slopes"], read["shifts"], read["agreed"]
    if any(len(row) != len(kinds) for row in (read["bias"], *calibration, *read["weights"].values())):
        raise ValueError("the model of kinds is damaged; fit it again")
    return KindModel(kinds, read["bias"], read["weights"], *calibration)
