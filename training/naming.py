"""The command `names`: a network learns marked names, and keeps its predictions of claims."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from training.features import reader_of
from training.lessons import Lessons
from training.lessons import epochs as epochs_of
from training.losses import Weights
from training.marked_names import marked_articles
from training.marks import with_marks
from training.name_head import refit, states_and_labels
from training.options import Base, BatchSize, Corpora, Epochs, Minutes, Out, Rate, Seed, Threads, Workers
from training.recipe import Recipe
from training.teaching import begin, device_with
from training.train import Run
from training.train import train as train_runs
from training.weights import load_any

NAMES = Recipe(
    seed=31,
    batch=16,
    rate=1e-4,
    head_rate=4e-4,
    linker_rate=1e-4,
    warm_up=0.05,
    damaged=0.35,
    silver=0.0,
    held_out=0,
    train_words=False,
    weights=Weights(name=0.8, judged=1.0, judged_names=0.0),
)
"""Learn names from their labels alone, and tags and links from the network's earlier predictions alone."""


def names(
    corpora: Corpora,
    base: Base,
    go_on_from: Annotated[Path, typer.Option(help="The folder of a run, or with an exported model.")],
    out: Out,
    epochs: Epochs = 5,
    minutes: Minutes = math.inf,
    rate: Rate = NAMES.rate,
    batch: BatchSize = NAMES.batch,
    seed: Seed = NAMES.seed,
    threads: Threads = 0,
    workers: Workers = 0,
) -> None:
    """Continue training on marked names; takes about an hour on a CPU."""
    device, tokenizer = device_with(threads), base / "tokenizer.json"
    recipe = replace(NAMES, seed=seed, epochs=epochs, minutes=minutes, batch=batch, rate=rate, head_rate=4 * rate)
    marked = with_marks(marked_articles(corpora))
    judge = load_any(go_on_from, 0.0).eval()
    loss = refit(judge.ner, *states_and_labels(judge, marked, reader_of(tokenizer)))
    typer.echo(f"names of {len(marked)} articles, loss of the head alone {loss:.4f}")
    net = load_any(go_on_from, recipe.dropout)
    net.load_state_dict(judge.state_dict())
    run = Run(out, recipe, net, device)
    begin(run, "run" if (go_on_from / "run.json").is_file() else "exported model")
    run.resume()
    lessons = Lessons(marked, recipe, tokenizer)
    train_runs([run], epochs_of(lessons, run.epoch, epochs - run.epoch, workers), lambda _: {}, [judge.to(device)])
