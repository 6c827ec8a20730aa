"""The training run: epochs over augmented articles, saved after each so that it can be resumed."""

import json
import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.distillation import Hints, judgement
from training.losses import Judgement, losses_of
from training.model import ClaimsNet
from training.recipe import Recipe, rate_factor
from training.weights import CHECKPOINT
from training.windows import Batch

RECORD = "run.json"


def optimiser_of(net: ClaimsNet, hints: Hints | None, recipe: Recipe) -> torch.optim.AdamW:
    """Return AdamW with a rate for each part of the network; only matrices of encoder and heads have weight
    decay."""
    groups: list[dict[str, Any]] = []
    heads = [p for head in (net.tag, net.sent, net.ner, net.pair, net.marks) for p in head.parameters()]
    linker = [net.dist, net.pb]
    apart = {id(p) for p in [*heads, *linker, net.feat.weight]}
    encoder = [p for p in net.parameters() if id(p) not in apart and p.requires_grad]
    heads += list(hints.parameters()) if hints else []
    for parameters, rate in ((encoder, recipe.rate), (heads, recipe.head_rate)):
        groups.append({"params": [p for p in parameters if p.ndim > 1], "lr": rate, "weight_decay": recipe.decay})
        groups.append({"params": [p for p in parameters if p.ndim <= 1], "lr": rate, "weight_decay": 0.0})
    groups.append({"params": [net.feat.weight], "lr": recipe.head_rate, "weight_decay": 0.0})
    groups.append({"params": linker, "lr": recipe.linker_rate, "weight_decay": 0.0})
    for group in groups:
        group["base"] = group["lr"]
    return torch.optim.AdamW(groups, fused=True, betas=(0.9, 0.98))


class Run:
    """A training run in a folder: its network, optimiser and what it has recorded.

    With `apart`, it does not learn from the batches of that judge: the articles of one fold. With `hints`, it also
    learns to have states similar to its teachers'.
    """

    def __init__(
        self,
        folder: Path,
        recipe: Recipe,
        net: ClaimsNet,
        device: str,
        *,
        apart: int | None = None,
        hints: Hints | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.folder, self.recipe, self.net, self.device, self.clock = folder, recipe, net.to(device), device, clock
        self.apart, self.hints = apart, hints.to(device) if hints else None
        net.word.weight.requires_grad_(recipe.train_words)
        if net.apart:  # its gradient would cost as much as all of attention
            net.apart.weight.requires_grad_(False)
        self.optimiser = optimiser_of(net, self.hints, recipe)
        self.epoch = 0
        self.seconds = 0.0
        self.sums: dict[str, Tensor] = {}
        self.steps = 0
        self.record: dict[str, Any] = {"recipe": _plain(asdict(recipe)), "device": device, "epochs": []}
        torch.manual_seed(recipe.seed)

    def resume(self) -> bool:
        """Continue from the folder's checkpoint; return False if there is none."""
        path = self.folder / CHECKPOINT
        if not path.is_file():
            return False
        state = torch.load(path, map_location=self.device, weights_only=True)
        self.net.load_state_dict(state["net"])
        self.optimiser.load_state_dict(state["optimiser"])
        if self.hints:
            self.hints.load_state_dict(state["hints"])
        torch.set_rng_state(state["torch_rng"].cpu())
        self.epoch, self.seconds, self.record = state["epoch"], state["seconds"], state["record"]
        return True

    def keep(self) -> None:
        """Write checkpoint and record, each atomically, so that an interruption leaves the last ones intact."""
        self.folder.mkdir(parents=True, exist_ok=True)
        state = {
            "net": self.net.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "hints": self.hints.state_dict() if self.hints else {},
            "torch_rng": torch.get_rng_state(),
            "epoch": self.epoch,
            "seconds": self.seconds,
            "record": self.record,
        }
        part = self.folder / f"{CHECKPOINT}.part"
        torch.save(state, part)
        part.replace(self.folder / CHECKPOINT)
        (self.folder / RECORD).write_text(json.dumps(self.record, indent=1) + "\n", encoding="utf-8")

    def learn(self, batch: Batch, progress: float, judged: Judgement | None = None) -> None:
        """Take one step, at `progress` (0 to 1) of the run; `judged` is a teacher's output for the batch."""
        factor = rate_factor(progress, self.recipe.warm_up, self.recipe.lowest)
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * factor
        with torch.autocast(self.device, torch.bfloat16):
            states = batch.read_by(self.net.states)
            out, marks = self.net.read(states), self.net.marks(states)
        losses = losses_of(self.net, out, batch, self.recipe.weights, marks, judged)
        total, parts = losses.total, losses.parts
        if judged is not None and self.hints:
            hint = self.hints.loss(states.float(), judged.states, batch)
            total, parts = total + self.recipe.weights.hint * hint, {**parts, "hint": hint.detach()}
        self.optimiser.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimiser.step()
        for name, value in parts.items():
            self.sums[name] = self.sums[name] + value if name in self.sums else value
        self.steps += 1

    def means(self) -> dict[str, float]:
        """Return the mean of each loss since the epoch began."""
        return {name: round(float(value) / max(self.steps, 1), 4) for name, value in self.sums.items()}

    def finish_epoch(self, seconds: float) -> dict[str, Any]:
        """Record an epoch that took this many seconds; return its record."""
        self.seconds += seconds
        self.epoch += 1
        figures = {"epoch": self.epoch, "minutes": round(self.seconds / 60, 2), "losses": self.means()}
        self.record["epochs"].append(figures)
        self.sums, self.steps = {}, 0
        return figures


def train(
    runs: Sequence[Run],
    lessons: Iterable[Sequence[Batch]],
    after_epoch: Callable[[Run], dict[str, Any]],
    teachers: Sequence[ClaimsNet] = (),
) -> None:
    """Train the runs side by side to the end of the first one's recipe, from epochs of batches.

    Each batch is read by its judge among the `teachers`, if there are any, once for all runs. `after_epoch`
    measures a run; its result is recorded. All runs continue from the same epoch.
    """
    lead = runs[0]
    for batches in lessons:
        began = lead.clock()
        for run in runs:
            run.net.train()
        for n, small in enumerate(batches):
            progress = _progress(lead, n / len(batches), lead.clock() - began)
            if progress >= 1:
                break
            batch = small.to(lead.device)
            judged = judgement(teachers[batch.judge], batch) if teachers else None
            for run in runs:
                if batch.judge != run.apart:
                    run.learn(batch, progress, judged)
            if n % 50 == 49:
                print(f"{lead.epoch + 1}: {n + 1}/{len(batches)} {lead.means()}", flush=True)
        seconds = lead.clock() - began
        for run in runs:
            figures = run.finish_epoch(seconds)
            run.keep()
            measured = after_epoch(run)
            if measured:
                figures |= measured
                run.keep()
            print(json.dumps({"run": run.folder.name, **figures}), flush=True)
        if lead.seconds >= lead.recipe.minutes * 60:
            break


def _progress(run: Run, done: float, spent: float) -> float:
    """Return how much of the run is done: by epochs, or by minutes if these run out first."""
    by_time = (run.seconds + spent) / (run.recipe.minutes * 60)
    return min(1.0, max((run.epoch + done) / run.recipe.epochs, by_time))


def _plain(value: Any) -> Any:
    """Return `value` without infinities, which JSON cannot hold."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return None if value == math.inf else value
