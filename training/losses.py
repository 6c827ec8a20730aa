"""The losses: tags, the linker's pairs and choices, sentences and names."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from training.features import NO_LABEL
from training.model import ClaimsNet, link_scores
from training.windows import EDGE_FEATURE, Batch

CUE_TAGS = slice(3, 5)
LIKELY = 0.12


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each loss relative to the tags', and how they are softened."""

    pair: float = 0.3
    choice: float = 0.25
    sentence: float = 0.2
    name: float = 0.2
    smoothing: float = 0.0
    negatives: int = 3
    marks: float = 0.15
    opinion: float = 0.0
    """The weight of other models' predictions relative to the annotation: 0 not at all, 1 alone."""
    judged: float = 0.75
    """The weight of a teacher's output relative to the annotation, if there is a teacher."""
    judged_names: float = 0.75
    """The same for names."""
    hint: float = 0.0
    """The weight of the similarity of the states to the teacher's."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The output of a teacher for a batch, as probabilities.

    `tag` and `ner` are windows × time × tags, `links` claims × 2 × time, `states` windows × time × width.
    """

    tag: Tensor
    ner: Tensor
    links: Tensor
    states: Tensor


@dataclass(frozen=True, slots=True)
class Losses:
    """The total loss, and its parts by name."""

    total: Tensor
    parts: dict[str, Tensor]


def mean_where(values: Tensor, known: Tensor) -> Tensor:
    """Return the mean of the values for which `known` is 1, or 0 if there are none."""
    return (values * known).sum() / known.sum().clamp(min=1)


@dataclass(frozen=True, slots=True)
class FalseCues:
    """Pieces that the tagger takes for cues: their windows and positions, and 1 for each that counts (else 0)."""

    rows: Tensor
    places: Tensor
    meant: Tensor


def false_cues(gold: Tensor, tag: Tensor, each: int) -> FalseCues:
    """Return the `each` most likely wrong cues of every window. Unlikely ones do not count."""
    wrong = (gold != NO_LABEL) & (gold != CUE_TAGS.start) & (gold != CUE_TAGS.start + 1)
    likely = tag.detach().softmax(-1)[..., CUE_TAGS].sum(-1) * wrong
    best, places = likely.topk(min(each, likely.shape[1]), dim=1)
    rows = torch.arange(len(tag), device=tag.device)[:, None].expand_as(places)
    return FalseCues(rows.flatten(), places.flatten(), (best.flatten() > LIKELY).float())


def content_choice(scores: Tensor, linked: Tensor, rows: Tensor, windows: int) -> Tensor:
    """Return the loss of each content piece choosing its cue among the cues of its window (cross entropy)."""
    weight = scores.clamp(max=30).exp()
    every = torch.zeros(windows, scores.shape[1], device=scores.device).index_add(0, rows, weight)
    loss = ((every[rows] + 1e-6).log() - scores) * linked
    return loss.sum() / linked.sum().clamp(min=1)


def source_choice(scores: Tensor, linked: Tensor, valid: Tensor) -> Tensor:
    """Return the loss of each cue choosing its source among the pieces of the window, or none (score 0)."""
    none = torch.zeros(len(scores), 1, device=scores.device)
    scores = torch.cat([none, scores.masked_fill(~valid, -1e4)], 1)
    right = torch.cat([(linked.sum(1, keepdim=True) == 0).float(), linked], 1)
    return -(scores.log_softmax(1).masked_fill(right == 0, -1e4)).logsumexp(1).mean()


def disagreement(scores: Tensor, likely: Tensor) -> Tensor:
    """Return the cross entropy of the scores (... × tags) with the likely tags, for each piece."""
    return -(likely * scores.log_softmax(-1)).sum(-1)


def tag_losses(tag: Tensor, gold: Tensor, smoothing: float = 0.0) -> Tensor:
    """Return the cross entropy of each piece with its tag, 0 if it has none."""
    each = functional.cross_entropy(
        tag.flatten(0, 1), gold.flatten(), ignore_index=NO_LABEL, label_smoothing=smoothing, reduction="none"
    )
    return each.view_as(gold)


def tag_loss(tag: Tensor, gold: Tensor, opinions: Tensor | None, weights: Weights) -> Tensor:
    """Return the cross entropy with the annotated tags, mixed with other models' predictions if there are any."""
    each = tag_losses(tag, gold, weights.smoothing)
    known = gold != NO_LABEL
    if weights.opinion and opinions is not None:
        theirs = disagreement(tag, opinions)
        mixed = (1 - weights.opinion) * each + weights.opinion * theirs
        each = torch.where((opinions.sum(-1) > 0) & known, mixed, each)
    return mean_where(each, known)


def judged_loss(scores: Tensor, own: Tensor, known: Tensor, likely: Tensor, real: Tensor, share: float) -> Tensor:
    """Return the loss of labelled pieces (`known`; `own` is their loss) mixed with a teacher's probabilities.

    `share` is the teacher's part. Pieces without a label (`real`, but not `known`) learn from the teacher alone
    and count half.
    """
    theirs = disagreement(scores, likely)
    mixed = mean_where((1 - share) * own + share * theirs, known)
    return mixed + 0.5 * mean_where(theirs, real & ~known)


def name_losses(ner: Tensor, gold: Tensor) -> Tensor:
    """Return the cross entropy of each piece with the label of its name."""
    likely = ner.log_softmax(-1)
    none_of_three = likely[..., [0, -2, -1]].logsumexp(-1, keepdim=True)
    return -torch.cat([likely, none_of_three], -1).gather(-1, gold.clamp(min=0)[..., None])[..., 0]


def name_loss(ner: Tensor, gold: Tensor) -> Tensor:
    """Return the mean loss of names over the pieces that have a label."""
    return mean_where(name_losses(ner, gold), gold != NO_LABEL)


def mark_losses(marks: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Return the loss for quotations and pauses (`marks`: batch × time × 1 + kinds of pause)."""
    known = batch.quoted != NO_LABEL
    quoted = functional.binary_cross_entropy_with_logits(
        marks[..., 0], batch.quoted.clamp(min=0).float(), reduction="none"
    )
    pause = functional.cross_entropy(
        marks[..., 1:].flatten(0, 1), batch.pause.flatten(), ignore_index=NO_LABEL, reduction="none"
    )
    return {"quoted": mean_where(quoted, known), "pause": mean_where(pause, batch.pause.flatten() != NO_LABEL)}


def link_losses(
    net: ClaimsNet, tag: Tensor, pair: Tensor, batch: Batch, weights: Weights, judged: Judgement | None
) -> dict[str, Tensor]:
    """Return the losses of the linker: pairs of pieces and cues, and the choices of each content and each cue."""
    rows, starts, linked, cues = batch.rows, batch.starts, batch.linked, batch.cues
    true = len(rows)
    cues = cues / cues.sum(1, keepdim=True).clamp(min=1)
    meant = torch.ones(true, device=tag.device)
    wanted = linked
    if judged is not None:
        wanted = (1 - weights.judged) * linked + weights.judged * judged.links
    if weights.negatives:
        false = false_cues(batch.tag, tag, weights.negatives)
        rows, starts = torch.cat([rows, false.rows]), torch.cat([starts, false.places])
        cues = torch.cat([cues, functional.one_hot(false.places, tag.shape[1]).float()])
        wanted = torch.cat([wanted, wanted.new_zeros(len(false.rows), 2, tag.shape[1])])
        meant = torch.cat([meant, false.meant])
    scores = link_scores(net, pair, rows, cues, starts)
    valid = batch.tag[rows] != NO_LABEL
    each = functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none")
    each = each * valid[:, None] * meant[:, None, None]
    parts = {"pair": (each.sum((0, 2)) / linked.sum((0, 2)).clamp(min=1)).sum()}
    if true:
        own = scores[:true]
        parts["content"] = content_choice(own[:, 1], linked[:, 1], rows[:true], len(tag))
        parts["source"] = source_choice(own[:, 0], linked[:, 0], valid[:true])
    return parts


def losses_of(
    net: ClaimsNet,
    out: tuple[Tensor, ...],
    batch: Batch,
    weights: Weights,
    marks: Tensor,
    judged: Judgement | None = None,
) -> Losses:
    """Return the losses of a batch, from the network's output, its `marks`, and a teacher's output.

    Nothing here waits for a number from a GPU.
    """
    tag, sent, ner, pair = (x.float() for x in out)
    parts = {}
    if judged is None:
        parts["tag"] = tag_loss(tag, batch.tag, batch.opinions, weights)
        parts["name"] = name_loss(ner, batch.ner)
    else:
        real = (batch.mask > 0) & (batch.feat != EDGE_FEATURE)
        own = tag_losses(tag, batch.tag)
        parts["tag"] = judged_loss(tag, own, batch.tag != NO_LABEL, judged.tag, real, weights.judged)
        named = name_losses(ner, batch.ner)
        parts["name"] = judged_loss(ner, named, batch.ner != NO_LABEL, judged.ner, real, weights.judged_names)
    parts |= link_losses(net, tag, pair, batch, weights, judged)
    starts = functional.binary_cross_entropy_with_logits(sent, batch.sent.clamp(min=0).float(), reduction="none")
    parts["sentence"] = mean_where(starts, batch.sent != NO_LABEL)
    parts |= mark_losses(marks.float(), batch)
    shares = {
        "pair": weights.pair,
        "content": weights.choice,
        "source": weights.choice,
        "sentence": weights.sentence,
        "name": weights.name,
        "quoted": weights.marks,
        "pause": weights.marks,
    }
    total = torch.stack([shares.get(name, 1.0) * value for name, value in parts.items()]).sum()
    return Losses(total, {name: value.detach() for name, value in parts.items()})
