"""What a training run depends on besides the corpora, and its schedule of learning rates."""

import math
from dataclasses import dataclass, field

from training.losses import Weights


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that a run depends on besides the corpora. Recorded with the run.

    `minutes` shortens the schedule of learning rates to the available time: the run ends after the last epoch or
    the last minute, whichever comes first, and the rate has decayed by then. Without `train_words` the embedding
    of word pieces is frozen, which saves a tenth of the time. `silver` is how often the automatic names of an
    article with claims are learned from; its names are swapped in any case.
    """

    seed: int = 1
    epochs: int = 10
    minutes: float = math.inf
    batch: int = 8
    window: int = 256
    rate: float = 2e-4
    head_rate: float = 1e-3
    linker_rate: float = 5e-3
    warm_up: float = 0.1
    lowest: float = 0.02
    decay: float = 0.01
    dropout: float = 0.1
    damaged: float = 0.45
    renamed: float = 0.3
    recased: float = 0.05
    silver: float = 0.25
    held_out: int = 80
    train_words: bool = True
    weights: Weights = field(default_factory=Weights)


def rate_factor(progress: float, warm_up: float, lowest: float) -> float:
    """Return the factor of the learning rate after `progress` (0 to 1) of the run: up, then linearly down."""
    if progress < warm_up:
        return max(progress / warm_up, 0.02)
    return max(lowest, (1 - progress) / (1 - warm_up))
