"""The training run: epochs over augmented articles, kept after each one so that it can go on after a stop."""

import json
import math
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import torch

from bot.extraction.pieces import PieceReader
from training.corpus import Article
from training.degradation import NamePool, damaged, drawn_damage, recased
from training.features import Example, example_of
from training.losses import Weights, losses_of
from training.model import ClaimsNet
from training.weights import CHECKPOINT
from training.windows import Window, batch_of, batches_of, windows_of

RECORD = "run.json"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that a run depends on, the corpora aside. Recorded with the run.

    `minutes` shortens the schedule of learning rates to the time there is: the run ends at whichever comes first,
    the last epoch or the last minute, and the rate has come down by then. Without `train_words` the embedding of
    word pieces stays as it is, which saves a tenth of the time. `silver` is how often the automatic names of an
    article with claims are learnt from; its names are swapped all the same.
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


def augmented(article: Article, recipe: Recipe, pool: NamePool, rng: random.Random) -> Article:
    """The article as this epoch shows it: sometimes with other names or in other case, often damaged."""
    if rng.random() < recipe.renamed:
        article = pool.swapped(article, rng)
    if article.claims is not None and rng.random() >= recipe.silver:
        article = replace(article, names=None)
    if rng.random() < recipe.recased:
        article = recased(article, rng)
    return damaged(article, drawn_damage(rng), rng) if rng.random() < recipe.damaged else article


def rate_factor(progress: float, warm_up: float, lowest: float) -> float:
    """The share of the learning rate when `progress` (0 to 1) of the run is done: up, then down in a line."""
    if progress < warm_up:
        return max(progress / warm_up, 0.02)
    return max(lowest, (1 - progress) / (1 - warm_up))


def optimiser_of(net: ClaimsNet, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW with a rate for each part of the network; matrices of encoder and heads decay, the rest does not."""
    groups: list[dict[str, Any]] = []
    heads = [p for head in (net.tag, net.sent, net.ner, net.pair, net.marks) for p in head.parameters()]
    linker = [net.dist, net.pb]
    apart = {id(p) for p in [*heads, *linker, net.feat.weight]}
    encoder = [p for p in net.parameters() if id(p) not in apart]
    for parameters, rate in ((encoder, recipe.rate), (heads, recipe.head_rate)):
        groups.append({"params": [p for p in parameters if p.ndim > 1], "lr": rate, "weight_decay": recipe.decay})
        groups.append({"params": [p for p in parameters if p.ndim <= 1], "lr": rate, "weight_decay": 0.0})
    groups.append({"params": [net.feat.weight], "lr": recipe.head_rate, "weight_decay": 0.0})
    groups.append({"params": linker, "lr": recipe.linker_rate, "weight_decay": 0.0})
    for group in groups:
        group["base"] = group["lr"]
    return torch.optim.AdamW(groups, fused=True, betas=(0.9, 0.98))


class Run:
    """A training run in a folder: its network, optimiser, random numbers and what it has recorded."""

    def __init__(
        self, folder: Path, recipe: Recipe, net: ClaimsNet, device: str, clock: Callable[[], float] = time.time
    ) -> None:
        self.folder, self.recipe, self.net, self.device, self.clock = folder, recipe, net.to(device), device, clock
        net.word.weight.requires_grad_(recipe.train_words)
        self.optimiser = optimiser_of(net, recipe)
        self.rng = random.Random(recipe.seed)
        self.epoch = 0
        self.seconds = 0.0
        self.record: dict[str, Any] = {"recipe": _plain(asdict(recipe)), "device": device, "epochs": []}
        torch.manual_seed(recipe.seed)

    def resume(self) -> bool:
        """Go on from the folder's checkpoint; False where there is none."""
        path = self.folder / CHECKPOINT
        if not path.is_file():
            return False
        # the file is the run's own, and holds a state of random.Random besides tensors
        state = torch.load(path, map_location=self.device, weights_only=False)
        self.net.load_state_dict(state["net"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.rng.setstate(state["rng"])
        torch.set_rng_state(state["torch_rng"].cpu())
        self.epoch, self.seconds, self.record = state["epoch"], state["seconds"], state["record"]
        return True

    def keep(self) -> None:
        """Write checkpoint and record, each in one step, so that a stop leaves the last ones whole."""
        state = {
            "net": self.net.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "rng": self.rng.getstate(),
            "torch_rng": torch.get_rng_state(),
            "epoch": self.epoch,
            "seconds": self.seconds,
            "record": self.record,
        }
        part = self.folder / f"{CHECKPOINT}.part"
        torch.save(state, part)
        part.replace(self.folder / CHECKPOINT)
        (self.folder / RECORD).write_text(json.dumps(self.record, indent=1) + "\n", encoding="utf-8")

    def train(
        self, articles: Sequence[Article], reader: PieceReader, after_epoch: Callable[["Run"], dict[str, Any]]
    ) -> None:
        """Train to the end of the recipe; `after_epoch` measures, and what it returns is recorded."""
        pool = NamePool(articles)
        self.folder.mkdir(parents=True, exist_ok=True)
        while self.epoch < self.recipe.epochs and self.seconds < self.recipe.minutes * 60:
            began = self.clock()
            shown = [example_of(augmented(x, self.recipe, pool, self.rng), reader) for x in articles]
            losses = self._epoch(self._batches(shown), began)
            self.seconds += self.clock() - began
            self.epoch += 1
            figures = {"epoch": self.epoch, "minutes": round(self.seconds / 60, 2), "losses": losses}
            self.record["epochs"].append(figures)
            self.keep()
            figures |= after_epoch(self)
            self.keep()
            print(json.dumps(figures), flush=True)

    def _batches(self, examples: Sequence[Example]) -> list[list[Window]]:
        windows = [w for x in examples for w in windows_of(x, self.recipe.window, self.rng)]
        return batches_of(windows, self.recipe.batch, self.rng)

    def _progress(self, done: float, began: float) -> float:
        """How much of the run is done: by epochs, or by minutes where these run out first."""
        spent = self.seconds + self.clock() - began
        return min(1.0, max((self.epoch + done) / self.recipe.epochs, spent / (self.recipe.minutes * 60)))

    def _epoch(self, batches: Sequence[list[Window]], began: float) -> dict[str, float]:
        self.net.train()
        sums: dict[str, float] = defaultdict(float)
        for n, windows in enumerate(batches):
            progress = self._progress(n / len(batches), began)
            if progress >= 1:
                break
            factor = rate_factor(progress, self.recipe.warm_up, self.recipe.lowest)
            for group in self.optimiser.param_groups:
                group["lr"] = group["base"] * factor
            batch = batch_of(windows)
            with torch.autocast(self.device, torch.bfloat16):
                states = self.net.states(*(x.to(self.device) for x in (batch.ids, batch.feat, batch.mask)))
                out, marks = self.net.read(states), self.net.marks(states)
            losses = losses_of(self.net, out, batch, self.recipe.weights, marks)
            self.optimiser.zero_grad()
            losses.total.backward()
            torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
            self.optimiser.step()
            for name, value in losses.parts.items():
                sums[name] += value
            sums["batches"] += 1
            if n % 50 == 49:
                means = {k: round(v / sums["batches"], 4) for k, v in sums.items() if k != "batches"}
                print(f"{self.epoch + 1}: {n + 1}/{len(batches)} {self.clock() - began:.0f} s {means}", flush=True)
        return {k: round(v / max(sums["batches"], 1), 4) for k, v in sums.items() if k != "batches"}


def _plain(value: Any) -> Any:
    """`value` as JSON can hold it: without infinities."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return None if value == math.inf else value
