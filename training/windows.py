"""Examples cut into windows of a fixed number of pieces, and windows combined into batches."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.features import NO_LABEL, TAGS, ClaimLink, Example, Floats, Ints, Run

START, END, EDGE_FEATURE = 101, 102, 22
SHORTEST = 8
ALIGNED = 8
"""The length of a batch is a multiple of this, which suits a GPU's attention."""


@dataclass(frozen=True, slots=True)
class Window:
    """A run of an example's pieces, claims cut to it; only claims with a cue inside are kept."""

    ids: Ints
    feat: Ints
    tag: Ints
    sent: Ints
    ner: Ints
    claims: tuple[ClaimLink, ...]
    opinions: Floats | None = None
    quoted: Ints | None = None
    pause: Ints | None = None


def _cut(spans: Iterable[Run], start: int, end: int) -> tuple[Run, ...]:
    return tuple((max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start)


def windows_of(example: Example, size: int, rng: random.Random) -> list[Window]:
    """Return the example in windows of `size` pieces (two of them the encoder's own marks), from a random
    start."""
    inner, count, found = size - 2, len(example.ids), []
    begin = -rng.randrange(inner) if count > inner else 0
    for at in range(begin, count, inner):
        a, b = max(at, 0), min(at + inner, count)
        if b - a < SHORTEST:
            continue
        claims = (
            ClaimLink(_cut(x.cue, a, b), _cut(x.source, a, b), _cut(x.content, a, b)) for x in example.claims
        )
        found.append(
            Window(
                example.ids[a:b],
                example.feat[a:b],
                example.tag[a:b],
                example.sent[a:b],
                example.ner[a:b],
                tuple(x for x in claims if x.cue),
                None if example.opinions is None else example.opinions[a:b],
                None if example.quoted is None else example.quoted[a:b],
                None if example.pause is None else example.pause[a:b],
            )
        )
    return found


def batches_of(windows: Sequence[Window], size: int, rng: random.Random) -> list[list[Window]]:
    """Return the shuffled windows in batches of `size`, each with windows of similar length."""
    order = list(windows)
    rng.shuffle(order)
    batches: list[list[Window]] = []
    for i in range(0, len(order), size * 16):
        near = sorted(order[i : i + size * 16], key=lambda w: len(w.ids))
        batches.extend(near[j : j + size] for j in range(0, len(near), size))
    rng.shuffle(batches)
    return batches


@dataclass(frozen=True, slots=True)
class Batch:
    """The tensors of a batch of windows, padded to the longest; in small types until moved `to` a device.

    Those up to `pause` are windows × time. `rows` (the window), `starts` (the first piece of the cue), `cues`
    (× time: its pieces) and `linked` (× 2 × time: those of source and content) have one row for each claim.
    `opinions` are windows × time × tags.
    """

    ids: Tensor
    feat: Tensor
    mask: Tensor
    tag: Tensor
    sent: Tensor
    ner: Tensor
    quoted: Tensor
    pause: Tensor
    rows: Tensor
    starts: Tensor
    cues: Tensor
    linked: Tensor
    opinions: Tensor | None
    judge: int = 0
    """Which of several teachers may judge these windows, because it has not learned from them."""
    padded: bool = True
    """Whether any window is shorter than the batch."""

    def read_by(self, encode: Callable[[Tensor, Tensor, Tensor | None], Tensor]) -> Tensor:
        """Return the output of `encode` for the pieces: the states of a network."""
        return encode(self.ids, self.feat, self.mask if self.padded else None)

    def to(self, device: str) -> "Batch":
        """Return the batch on `device`, in types for computing."""
        values = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Tensor):
                moved = value.to(device, non_blocking=True)
                whole = field.name in INDICES
                values[field.name] = moved.long() if whole else moved.float()
        return replace(self, **values)


INDICES = frozenset({"ids", "feat", "tag", "sent", "ner", "quoted", "pause", "rows", "starts"})


def batch_of(windows: Sequence[Window], judge: int = 0) -> Batch:
    """Return the windows as tensors, padded to the longest."""
    time = -(-(max(len(w.ids) for w in windows) + 2) // ALIGNED) * ALIGNED
    shape = (len(windows), time)
    claims = [(row, claim) for row, window in enumerate(windows) for claim in window.claims]
    labels: dict[str, NDArray[Any]] = {
        "ids": np.zeros(shape, dtype=np.int16),
        "feat": np.zeros(shape, dtype=np.int8),
        **{name: np.full(shape, NO_LABEL, dtype=np.int8) for name in ("tag", "sent", "ner", "quoted", "pause")},
    }
    mask = np.zeros(shape, dtype=np.bool_)
    heard = any(window.opinions is not None for window in windows)
    opinions = np.zeros((*shape, len(TAGS)), dtype=np.float16) if heard else None
    cues = np.zeros((len(claims), time), dtype=np.bool_)
    linked = np.zeros((len(claims), 2, time), dtype=np.bool_)
    for row, window in enumerate(windows):
        end = len(window.ids) + 1
        for name, table in labels.items():
            values = getattr(window, name)
            if values is not None:
                table[row, 1:end] = values
        labels["ids"][row, 0], labels["ids"][row, end] = START, END
        labels["feat"][row, 0] = labels["feat"][row, end] = EDGE_FEATURE
        mask[row, : end + 1] = True
        if opinions is not None and window.opinions is not None:
            opinions[row, 1:end] = window.opinions
    for number, (_, claim) in enumerate(claims):
        for a, b in claim.cue:
            cues[number, a + 1 : b + 1] = True
        for role, spans in enumerate((claim.source, claim.content)):
            for a, b in spans:
                linked[number, role, a + 1 : b + 1] = True
    return Batch(
        **{name: torch.from_numpy(table) for name, table in labels.items()},
        mask=torch.from_numpy(mask),
        rows=torch.tensor([row for row, _ in claims], dtype=torch.int32),
        starts=torch.tensor([claim.cue[0][0] + 1 for _, claim in claims], dtype=torch.int32),
        cues=torch.from_numpy(cues),
        linked=torch.from_numpy(linked),
        opinions=None if opinions is None else torch.from_numpy(opinions),
        judge=judge,
        padded=not mask.all(),
    )
