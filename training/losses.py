"""What the network is taught by: tags, the linker's pairs and choices, sentences and names."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from training.features import NO_LABEL
from training.model import ClaimsNet, link_scores
from training.windows import Batch

CUE_TAGS = slice(3, 5)
LIKELY = 0.12


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each loss counts beside the tags', and how they are softened."""

    pair: float = 0.3
    choice: float = 0.25
    sentence: float = 0.2
    name: float = 0.2
    smoothing: float = 0.0
    negatives: int = 3
    marks: float = 0.15
    opinion: float = 0.0
    """How much others' opinion of a tag counts beside the annotation: 0 not at all, 1 alone."""


@dataclass(frozen=True, slots=True)
class Losses:
    """The sum to go down, and its parts by name."""

    total: Tensor
    parts: dict[str, float]


def add_false_cues(batch: Batch, tag: Tensor, each: int) -> None:
    """Add to the batch, as cues without partners, the pieces that the tagger wrongly takes for cues."""
    with torch.no_grad():
        wrong = (batch.tag != NO_LABEL) & (batch.tag != 3) & (batch.tag != 4)
        likely = tag.softmax(-1)[..., CUE_TAGS].sum(-1) * wrong.to(tag.device)
        best, places = (x.tolist() for x in likely.topk(min(each, likely.shape[1]), dim=1))
    time = batch.ids.shape[1]
    for row, (values, where) in enumerate(zip(best, places, strict=True)):
        for value, place in zip(values, where, strict=True):
            if value > LIKELY:
                cue = torch.zeros(time)
                cue[place] = 1
                batch.rows.append(row)
                batch.starts.append(place)
                batch.cues.append(cue)
                batch.linked.append(torch.zeros(2, time))


def content_choice(scores: Tensor, linked: Tensor, rows: Tensor, windows: int) -> Tensor:
    """Each content piece picks its cue among the cues of its window (cross entropy)."""
    weight = scores.clamp(max=30).exp()
    every = torch.zeros(windows, scores.shape[1], device=scores.device).index_add(0, rows, weight)
    loss = ((every[rows] + 1e-6).log() - scores) * linked
    return loss.sum() / linked.sum().clamp(min=1)


def source_choice(scores: Tensor, linked: Tensor, valid: Tensor) -> Tensor:
    """Each cue picks its source among the pieces of the window, or none (score 0)."""
    none = torch.zeros(len(scores), 1, device=scores.device)
    scores = torch.cat([none, scores.masked_fill(~valid, -1e4)], 1)
    right = torch.cat([(linked.sum(1, keepdim=True) == 0).float(), linked], 1)
    return -(scores.log_softmax(1).masked_fill(right == 0, -1e4)).logsumexp(1).mean()


def tag_loss(tag: Tensor, gold: Tensor, opinions: Tensor, weights: Weights) -> Tensor:
    """Cross entropy with the annotated tags, mixed with others' opinions where there are any."""
    if not bool((gold != NO_LABEL).any()):
        return tag.sum() * 0
    each = functional.cross_entropy(
        tag.flatten(0, 1),
        gold.flatten(),
        ignore_index=NO_LABEL,
        label_smoothing=weights.smoothing,
        reduction="none",
    )
    if weights.opinion:
        opinions = opinions.flatten(0, 1)
        heard = (opinions.sum(-1) > 0) & (gold.flatten() != NO_LABEL)
        theirs = -(opinions * tag.flatten(0, 1).log_softmax(-1)).sum(-1)
        each = torch.where(heard, (1 - weights.opinion) * each + weights.opinion * theirs, each)
    return each.sum() / (gold != NO_LABEL).sum()


def name_loss(ner: Tensor, gold: Tensor) -> Tensor:
    """Cross entropy with the labels of names; of a name of unknown type any type will do."""
    likely = ner.log_softmax(-1)
    any_type = torch.stack([likely[:, 1::2].logsumexp(-1), likely[:, 2::2].logsumexp(-1)], -1)
    each = torch.cat([likely, any_type], -1).gather(1, gold.clamp(min=0)[:, None])[:, 0]
    known = gold != NO_LABEL
    return -(each * known).sum() / known.sum()


def mark_losses(marks: Tensor, batch: Batch) -> dict[str, Tensor]:
    """How wrong the network is about quotations and pauses (`marks`: batch × time × 1 + kinds of pause)."""
    parts = {}
    quoted, pause = batch.quoted.to(marks.device), batch.pause.to(marks.device)
    known = quoted != NO_LABEL
    if bool(known.any()):
        parts["quoted"] = functional.binary_cross_entropy_with_logits(marks[..., 0][known], quoted[known].float())
    known = pause != NO_LABEL
    if bool(known.any()):
        parts["pause"] = functional.cross_entropy(marks[..., 1:][known], pause[known])
    return parts


def losses_of(
    net: ClaimsNet, out: tuple[Tensor, ...], batch: Batch, weights: Weights, marks: Tensor | None = None
) -> Losses:
    """The losses of a batch, from the network's output for it and what it says about punctuation."""
    tag, sent, ner, pair = (x.float() for x in out)
    device = tag.device
    gold, sent_gold, ner_gold = batch.tag.to(device), batch.sent.to(device), batch.ner.to(device)
    parts = {"tag": tag_loss(tag, gold, batch.opinions.to(device), weights)}
    total = parts["tag"]
    true_cues = len(batch.rows)
    if weights.negatives:
        add_false_cues(batch, tag, weights.negatives)
    if batch.rows:
        rows = torch.tensor(batch.rows, device=device)
        starts = torch.tensor(batch.starts, device=device)
        linked = torch.stack(batch.linked).to(device)
        scores = link_scores(net, pair, rows, torch.stack(batch.cues).to(device), starts)
        valid = gold[rows] != NO_LABEL
        each = functional.binary_cross_entropy_with_logits(scores, linked, reduction="none") * valid[:, None]
        per_role = each.sum((0, 2)) / linked.sum((0, 2)).clamp(min=1)
        parts["pair"] = per_role.sum()
        total = total + weights.pair * parts["pair"]
        if true_cues:
            true = slice(0, true_cues)
            parts["content"] = content_choice(scores[true, 1], linked[true, 1], rows[true], len(tag))
            parts["source"] = source_choice(scores[true, 0], linked[true, 0], valid[true])
            total = total + weights.choice * (parts["content"] + parts["source"])
    marked = sent_gold != NO_LABEL
    parts["sentence"] = functional.binary_cross_entropy_with_logits(sent[marked], sent_gold[marked].float())
    total = total + weights.sentence * parts["sentence"]
    if bool((ner_gold != NO_LABEL).any()):
        parts["name"] = name_loss(ner.flatten(0, 1), ner_gold.flatten())
        total = total + weights.name * parts["name"]
    if marks is not None and weights.marks:
        for name, value in mark_losses(marks.float(), batch).items():
            parts[name] = value
            total = total + weights.marks * value
    return Losses(total, {k: float(v.detach()) for k, v in parts.items()})
