"""Options shared by several commands of the recipe."""

from pathlib import Path
from typing import Annotated

import typer

Corpora = Annotated[Path, typer.Option(help="The folder that holds polnear/ and polnear-silver/.")]
Base = Annotated[Path, typer.Option(help="The folder with the base model's model.safetensors and tokenizer.json.")]
Out = Annotated[Path, typer.Option(help="The folder of the run.")]
Treebank = Annotated[bool, typer.Option(help="Learn from the names marked in ud-ewt/ too.")]
Seed = Annotated[int, typer.Option(help="Of everything random.")]
Threads = Annotated[int, typer.Option(help="Processor cores to use; 0 for all.")]
Workers = Annotated[
    int, typer.Option(help="Processes that prepare lessons in advance; 0 to prepare them in turn.")
]
Epochs = Annotated[int, typer.Option(help="Passes over the articles.")]
Minutes = Annotated[float, typer.Option(help="The available time in minutes; the schedule is shortened to it.")]
Rate = Annotated[float, typer.Option(help="Learning rate of the encoder.")]
HeadRate = Annotated[float, typer.Option(help="Learning rate of the heads.")]
LinkerRate = Annotated[float, typer.Option(help="Learning rate of the linker's biases.")]
WarmUp = Annotated[float, typer.Option(help="The share of the run in which the rates rise.")]
BatchSize = Annotated[int, typer.Option(help="Windows in a batch.")]
Own = Annotated[int, typer.Option(help="How often an epoch shows each article of gold/learn.")]
Names = Annotated[int, typer.Option(help="How often an epoch shows each document of ner/gum-train.iob.")]
Silver = Annotated[float, typer.Option(help="How often PolNeAR's automatic names are learned from.")]
NameShare = Annotated[float, typer.Option(help="Weight of names relative to claims.")]
Damage = Annotated[float, typer.Option(help="The share of the articles that are shown damaged.")]
GoOnFrom = Annotated[
    Path | None, typer.Option(help="A folder with an exported model to start from, instead of the base model.")
]
