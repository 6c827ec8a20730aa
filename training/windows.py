"""Examples cut into windows of a fixed number of pieces, and windows put together to batches."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from training.features import NO_LABEL, TAGS, ClaimLink, Example, Floats, Ints, Run

START, END, EDGE_FEATURE = 101, 102, 22
SHORTEST = 8


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
    """The example in windows of `size` pieces (two of them the encoder's own marks), begun at random."""
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
    """The windows, shuffled, in batches of `size` of about one length each."""
    order = list(windows)
    rng.shuffle(order)
    batches: list[list[Window]] = []
    for i in range(0, len(order), size * 16):
        near = sorted(order[i : i + size * 16], key=lambda w: len(w.ids))
        batches.extend(near[j : j + size] for j in range(0, len(near), size))
    rng.shuffle(batches)
    return batches


@dataclass(slots=True)
class Batch:
    """Tensors of a batch; `rows` to `linked` describe its claims, one row each (linked: source, content)."""

    ids: Tensor
    feat: Tensor
    mask: Tensor
    tag: Tensor
    sent: Tensor
    ner: Tensor
    rows: list[int]
    starts: list[int]
    cues: list[Tensor]
    linked: list[Tensor]
    opinions: Tensor
    quoted: Tensor
    pause: Tensor


def batch_of(windows: Sequence[Window]) -> Batch:
    """The windows as tensors, padded to the longest."""
    time = max(len(w.ids) for w in windows) + 2
    shape = (len(windows), time)
    batch = Batch(
        ids=torch.zeros(shape, dtype=torch.long),
        feat=torch.zeros(shape, dtype=torch.long),
        mask=torch.zeros(shape),
        tag=torch.full(shape, NO_LABEL),
        sent=torch.full(shape, NO_LABEL),
        ner=torch.full(shape, NO_LABEL),
        rows=[],
        starts=[],
        cues=[],
        linked=[],
        opinions=torch.zeros(*shape, len(TAGS)),
        quoted=torch.full(shape, NO_LABEL),
        pause=torch.full(shape, NO_LABEL),
    )
    for row, window in enumerate(windows):
        end = len(window.ids) + 1
        batch.ids[row, 0], batch.ids[row, end] = START, END
        batch.feat[row, 0] = batch.feat[row, end] = EDGE_FEATURE
        batch.mask[row, : end + 1] = 1
        for name in ("ids", "feat", "tag", "sent", "ner", "quoted", "pause"):
            labels = getattr(window, name)
            if labels is not None:
                getattr(batch, name)[row, 1:end] = torch.from_numpy(labels)
        if window.opinions is not None:
            batch.opinions[row, 1:end] = torch.from_numpy(window.opinions)
        for claim in window.claims:
            cue, linked = torch.zeros(time), torch.zeros(2, time)
            for a, b in claim.cue:
                cue[a + 1 : b + 1] = 1
            for role, spans in enumerate((claim.source, claim.content)):
                for a, b in spans:
                    linked[role, a + 1 : b + 1] = 1
            batch.rows.append(row)
            batch.starts.append(claim.cue[0][0] + 1)
            batch.cues.append(cue / cue.sum())
            batch.linked.append(linked)
    return batch
