"""The commands teach and distil: large teachers, and the small network that learns from them."""

import math
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import torch
import typer

from training.corpus import load_names
from training.distillation import Hints
from training.lessons import Lessons
from training.lessons import epochs as epochs_of
from training.losses import Weights
from training.marked_names import articles_to_learn_from, own_articles, treebank_names
from training.marks import with_marks
from training.model import MPNET, ClaimsNet
from training.opinions import fold_numbers
from training.options import (
    Base,
    BatchSize,
    Corpora,
    Epochs,
    GoOnFrom,
    Minutes,
    Out,
    Rate,
    Seed,
    Threads,
    Workers,
)
from training.recipe import Recipe
from training.train import Run
from training.train import train as train_runs
from training.weights import load_any, load_base, load_teacher, without_layers

TEACHERS = Recipe(
    seed=11,
    batch=32,
    rate=6e-5,
    head_rate=7e-4,
    linker_rate=4e-3,
    warm_up=0.08,
    damaged=0.45,
    silver=0.1,
    held_out=0,
    train_words=False,
    weights=Weights(name=0.6),
)
PUPIL = replace(
    TEACHERS,
    seed=21,
    rate=3e-4,
    head_rate=1e-3,
    linker_rate=2e-3,
    warm_up=0.04,
    damaged=0.5,
    silver=0.0,
    weights=Weights(name=0.6, hint=0.3),
)
OWN, NAMES = 3, 2
"""How often an epoch shows each article of gold, and each document of GUM's names."""


def device_with(threads: int) -> str:
    """Return the device to compute on: a GPU if torch finds one, else the CPU with this many `threads`."""
    if threads:
        torch.set_num_threads(threads)
    torch.set_float32_matmul_precision("high")
    # it would plan again for each length of a batch, which takes longer than it saves
    torch.backends.cuda.enable_cudnn_sdp(False)
    return "cuda" if torch.cuda.is_available() else "cpu"


def begin(run: Run, start: str) -> None:
    """Record when a run begins, its recipe, and its first weights."""
    run.record |= {"started": datetime.now(UTC).isoformat(timespec="seconds"), "torch": torch.__version__}
    run.record["from"] = start


def lessons_for(judges: int, recipe: Recipe, tokenizer: Path, corpora: Path) -> Lessons:
    """Return all training material, with a judge for each fold of the articles with claims.

    The folds of PolNeAR are those of `opinions.split`, so that the commands opinions and verifier can use them.
    """
    polnear, ours = articles_to_learn_from(corpora), own_articles(corpora, wikinews=True)
    articles = polnear + ours * OWN + load_names(corpora / "ner" / "gum-train.iob") * NAMES
    articles += treebank_names(corpora)
    folds = fold_numbers(polnear, judges) | fold_numbers(ours, judges)
    return Lessons(with_marks(articles), recipe, tokenizer, judges, folds)


def teach(
    corpora: Corpora,
    base: Base,
    teacher: Annotated[Path, typer.Option(help="The folder with MPNet's model.safetensors and tokenizer.json.")],
    out: Annotated[Path, typer.Option(help="The folder for the teachers' runs, teacher0 and so on.")],
    folds: Annotated[int, typer.Option(help="How many teachers; each leaves out one fold of the articles.")] = 3,
    epochs: Epochs = 8,
    minutes: Minutes = math.inf,
    batch: BatchSize = TEACHERS.batch,
    seed: Seed = TEACHERS.seed,
    threads: Threads = 0,
    workers: Workers = 4,
) -> None:
    """Train the teachers side by side: networks eight times as large, each without one fold. Needs a GPU."""
    device, tokenizer = device_with(threads), base / "tokenizer.json"
    recipe = replace(TEACHERS, seed=seed, epochs=epochs, minutes=minutes, batch=batch)
    runs = []
    for number in range(folds):
        net = ClaimsNet(recipe.dropout, MPNET)
        load_teacher(net, teacher, tokenizer)
        runs.append(Run(out / f"teacher{number}", recipe, net, device, apart=number))
        begin(runs[-1], "MPNet")
        runs[-1].resume()
    lessons = lessons_for(folds, recipe, tokenizer, corpora)
    train_runs(runs, epochs_of(lessons, runs[0].epoch, epochs - runs[0].epoch, workers), lambda _: {})


def distil(
    corpora: Corpora,
    base: Base,
    teachers: Annotated[list[Path], typer.Option(help="The folders of the teachers' runs, teacher0 first.")],
    out: Out,
    go_on_from: GoOnFrom = None,
    without_layer: Annotated[
        list[int], typer.Option(help="A layer of the starting network to leave out, counted from 0.")
    ] = [],  # noqa: B006  (read only)
    fold: Annotated[int, typer.Option(help="Leave this fold out, to fit a verifier to it; -1 for none.")] = -1,
    epochs: Epochs = 20,
    minutes: Minutes = math.inf,
    rate: Rate = PUPIL.rate,
    batch: BatchSize = PUPIL.batch,
    judged: Annotated[float, typer.Option(help="Weight of the teachers relative to the annotation.")] = 0.75,
    judged_names: Annotated[float, typer.Option(help="The same for names.")] = 0.75,
    hint: Annotated[float, typer.Option(help="Weight of similarity to the teachers' states.")] = 0.3,
    seed: Seed = PUPIL.seed,
    threads: Threads = 0,
    workers: Workers = 3,
) -> None:
    """Train the model that is shipped on the teachers' predictions. Needs a GPU, too."""
    device, tokenizer = device_with(threads), base / "tokenizer.json"
    weights = replace(PUPIL.weights, judged=judged, judged_names=judged_names, hint=hint)
    recipe = replace(PUPIL, seed=seed, epochs=epochs, minutes=minutes, batch=batch, rate=rate, weights=weights)
    net = load_any(go_on_from, recipe.dropout) if go_on_from else ClaimsNet(recipe.dropout)
    if not go_on_from:
        load_base(net, base / "model.safetensors")
    net = without_layers(net, without_layer)
    asked = [load_any(folder, 0.0).to(device).eval() for folder in teachers]
    hints = Hints(len(asked), net.shape.hidden, asked[0].shape.hidden) if hint else None
    run = Run(out, recipe, net, device, apart=None if fold < 0 else fold, hints=hints)
    begin(run, "exported model" if go_on_from else "base model")
    run.resume()
    lessons = lessons_for(len(asked), recipe, tokenizer, corpora)
    train_runs([run], epochs_of(lessons, run.epoch, epochs - run.epoch, workers), lambda _: {}, asked)
