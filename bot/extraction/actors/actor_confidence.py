"""How likely the actor of a claim is the one meant: a small network over its signs, learned from marked articles.

It is fitted by `python -m training actors` to articles that the resolver's rules were not made on. An average of
a few networks with one hidden layer, beside a linear part, is again such a network: that is what is kept here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FURTHEST = 6.0
"""Standard deviations from the mean beyond which a sign counts no more."""
STEEPEST = 30.0


@dataclass(frozen=True)
class ActorConfidence:
    """The weights: `means` and `scales` of each of `signs`, the `linear` part, a hidden layer and its output.

    Shapes for n signs and h hidden units: `linear` n, `hidden` n × h, `hidden_bias` and `output` h.
    """

    signs: tuple[str, ...]
    means: Floats
    scales: Floats
    linear: Floats
    bias: float
    hidden: Floats
    hidden_bias: Floats
    output: Floats

    @cached_property
    def _place(self) -> dict[str, int]:
        return {sign: number for number, sign in enumerate(self.signs)}

    def probability(self, signs: Mapping[str, float]) -> float:
        """Return how likely an actor with these signs is the one meant."""
        values = np.zeros(len(self.signs))
        for sign, value in signs.items():
            place = self._place.get(sign)
            if place is not None:
                values[place] = value
        scaled = np.clip((values - self.means) / self.scales, -FURTHEST, FURTHEST)
        units = np.maximum(scaled @ self.hidden + self.hidden_bias, 0.0)
        odds = float(self.bias + scaled @ self.linear + units @ self.output)
        return float(1 / (1 + np.exp(-min(max(odds, -STEEPEST), STEEPEST))))


def to_json(confidence: ActorConfidence) -> bytes:
    """Return the weights as JSON, those of each sign beside its name."""
    rows = zip(
        confidence.signs,
        confidence.means,
        confidence.scales,
        confidence.linear,
        confidence.hidden,
        strict=True,
    )
    data = {
        "bias": round(confidence.bias, 4),
        "hidden_bias": _rounded(confidence.hidden_bias),
        "output": _rounded(confidence.output),
        "signs": {name: _rounded([mean, scale, linear, *units]) for name, mean, scale, linear, units in rows},
    }
    return json.dumps(data, ensure_ascii=False, indent=0).encode()


def from_json(data: bytes) -> ActorConfidence:
    """Return the weights that `to_json` wrote. Raises ValueError or KeyError if they are damaged."""
    read: dict[str, Any] = json.loads(data)
    rows = np.array(list(read["signs"].values()), dtype=np.float64)
    units = len(read["output"])
    if rows.ndim != 2 or rows.shape[1] != 3 + units or len(read["hidden_bias"]) != units:
        raise ValueError("the weights of the actors' confidence do not fit each other; fit them again")
    return ActorConfidence(
        signs=tuple(read["signs"]),
        means=rows[:, 0],
        scales=rows[:, 1],
        linear=rows[:, 2],
        bias=float(read["bias"]),
        hidden=rows[:, 3:],
        hidden_bias=np.array(read["hidden_bias"], dtype=np.float64),
        output=np.array(read["output"], dtype=np.float64),
    )


def _rounded(values: Any) -> list[float]:
    return [round(float(value), 4) for value in values]
