"""The commands of the recipe: python -m training prepare | train | opinions | verifier | antecedents | ..."""

import json
import math
from pathlib import Path
from typing import Annotated, Any

import typer

from gold.reading import GoldError
from training.corpus import RecipeError, hold_out, load_gold, load_names, load_polnear
from training.marked_names import articles_to_learn_from, marked_articles, own_articles, treebank_names
from training.options import (
    Base,
    BatchSize,
    Corpora,
    Damage,
    Epochs,
    GoOnFrom,
    HeadRate,
    LinkerRate,
    Minutes,
    Names,
    NameShare,
    Out,
    Own,
    Rate,
    Seed,
    Silver,
    Threads,
    Treebank,
    WarmUp,
    Workers,
)

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)

HELD_OUT_SEED = 7


@app.command()
def prepare(corpora: Corpora, base: Base, out: Out) -> None:
    """Check that corpora and base model are complete, and record what a run would be trained on."""
    from training.weights import checked  # noqa: PLC0415  (needs torch)

    parts = {part: load_polnear(corpora, part) for part in ("train", "dev")}
    checked(base / "model.safetensors")
    counts = {
        part: {
            "articles": len(articles),
            "words": sum(len(x.text.split()) for x in articles),
            "claims": sum(len(x.claims or ()) for x in articles),
            "names": sum(len(x.names or ()) for x in articles),
        }
        for part, articles in parts.items()
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / "data.json").write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")
    typer.echo(json.dumps(counts, indent=1))


@app.command()
def kinds(corpora: Corpora, out: Out) -> None:
    """Fit the model of kinds, write it into the folder `out`, and print how far kinds can be trusted."""
    from bot.extraction.claims.kind_model import to_json  # noqa: PLC0415
    from bot.extraction.claims.kind_teller import FILE  # noqa: PLC0415
    from training.kinds import kind_model  # noqa: PLC0415

    model, lines = kind_model(corpora)
    out.mkdir(parents=True, exist_ok=True)
    (out / FILE).write_bytes(to_json(model))
    typer.echo("\n".join(lines))


@app.command()
def train(
    corpora: Corpora,
    base: Base,
    out: Out,
    go_on_from: GoOnFrom = None,
    epochs: Epochs = 10,
    minutes: Minutes = math.inf,
    rate: Rate = 2e-4,
    head_rate: HeadRate = 1e-3,
    linker_rate: LinkerRate = 5e-3,
    warm_up: WarmUp = 0.1,
    train_words: Annotated[bool, typer.Option(help="Train the embedding of word pieces too.")] = True,
    batch: BatchSize = 8,
    held_out: Annotated[int, typer.Option(help="Training articles held out for tuning and calibration.")] = 80,
    fold: Annotated[
        str, typer.Option(help="Leave this fold of PolNeAR out (0/2, 1/2), to have opinions on it afterwards.")
    ] = "",
    opinions: Annotated[Path | None, typer.Option(help="What the command opinions wrote.")] = None,
    opinion: Annotated[float, typer.Option(help="Weight of opinions relative to the annotation, 0 to 1.")] = 0.4,
    own: Own = 2,
    names: Names = 2,
    treebank: Treebank = True,
    wikinews: Annotated[bool, typer.Option(help="Learn from gold/wikinews.jsonl too (needs gum/).")] = True,
    silver: Silver = 0.25,
    name: NameShare = 0.6,
    marks: Annotated[float, typer.Option(help="Weight of lost punctuation relative to claims.")] = 0.15,
    damage: Damage = 0.45,
    seed: Seed = 1,
    threads: Threads = 0,
    workers: Workers = 0,
) -> None:
    """Train, or resume a run, and measure it on held-out articles after each epoch."""
    from training.features import reader_of  # noqa: PLC0415
    from training.lessons import Lessons  # noqa: PLC0415
    from training.lessons import epochs as epochs_of  # noqa: PLC0415
    from training.losses import Weights  # noqa: PLC0415
    from training.marks import with_marks  # noqa: PLC0415
    from training.model import ClaimsNet  # noqa: PLC0415
    from training.opinions import fold_of, split, with_opinions  # noqa: PLC0415
    from training.recipe import Recipe  # noqa: PLC0415
    from training.teaching import begin, device_with  # noqa: PLC0415
    from training.train import Run  # noqa: PLC0415
    from training.train import train as train_runs  # noqa: PLC0415
    from training.weights import load_any, load_base  # noqa: PLC0415

    device = device_with(threads)
    recipe = Recipe(
        seed=seed,
        epochs=epochs,
        minutes=minutes,
        batch=batch,
        rate=rate,
        head_rate=head_rate,
        linker_rate=linker_rate,
        warm_up=warm_up,
        train_words=train_words,
        held_out=held_out,
        damaged=damage,
        silver=silver,
        weights=Weights(name=name, marks=marks, opinion=opinion if opinions else 0.0),
    )
    net = load_any(go_on_from, recipe.dropout) if go_on_from else ClaimsNet(recipe.dropout)
    if not go_on_from:
        load_base(net, base / "model.safetensors")
    articles, held = hold_out(articles_to_learn_from(corpora), recipe.held_out, HELD_OUT_SEED)
    if fold:
        articles, _ = split(articles, fold_of(fold))
    if opinions:
        articles = with_opinions(articles, opinions)
    articles += own_articles(corpora, wikinews) * own
    articles += load_names(corpora / "ner" / "gum-train.iob") * names
    articles += treebank_names(corpora) if treebank else []
    articles = with_marks(articles)
    run = Run(out, recipe, net, device)
    begin(run, "exported model" if go_on_from else "base model")
    run.record["data"] = {
        "articles": len(articles),
        "fold": fold,
        "own": own,
        "names": names,
        "treebank": treebank,
        "wikinews": wikinews,
    }
    if run.resume():
        typer.echo(f"goes on after epoch {run.epoch}")

    def figures(run: Run) -> dict[str, Any]:
        if not held:
            return {}
        from bot.extraction.claims.linker import LinkWeights  # noqa: PLC0415
        from training.evaluation import measured  # noqa: PLC0415
        from training.export import fp32_bytes  # noqa: PLC0415

        linker = (x.detach().cpu().numpy() for x in (run.net.dist, run.net.pb))
        return {
            "figures": measured(
                fp32_bytes(run.net), LinkWeights(*linker), {"held out": held}, reader_of(base / "tokenizer.json")
            )
        }

    lessons = Lessons(articles, recipe, base / "tokenizer.json")
    train_runs([run], epochs_of(lessons, run.epoch, epochs - run.epoch, workers), figures)


@app.command()
def opinions(
    corpora: Corpora,
    base: Base,
    out: Annotated[Path, typer.Option(help="The file for the opinions (npz).")],
    runs: Annotated[list[Path], typer.Option(help="The folders of the runs of all folds, fold 0 first.")],
) -> None:
    """Predict, with each fold's model, the articles that it has not seen."""
    from training.export import fp32_bytes  # noqa: PLC0415
    from training.features import reader_of  # noqa: PLC0415
    from training.opinions import Table, opinions_on, save, split  # noqa: PLC0415
    from training.weights import load_any  # noqa: PLC0415

    table: Table = {}
    articles = load_polnear(corpora, "train")
    for number, run in enumerate(runs):
        _, unseen = split(articles, (number, len(runs)))
        table |= opinions_on(unseen, fp32_bytes(load_any(run)), reader_of(base / "tokenizer.json"))
    save(table, out)
    typer.echo(f"opinions on {len(table)} articles")


@app.command()
def verifier(
    corpora: Corpora,
    base: Base,
    out: Annotated[Path, typer.Option(help="The folder with the exported model that the verifier is for.")],
    runs: Annotated[list[Path], typer.Option(help="The folders of the runs of all folds, fold 0 first.")],
) -> None:
    """Fit the verifier to the links that each fold run finds in articles that it has not seen."""
    import random  # noqa: PLC0415
    import tempfile  # noqa: PLC0415

    from bot.extraction.claims.verifier import to_json  # noqa: PLC0415
    from training.degradation import damaged  # noqa: PLC0415
    from training.evaluation import WORST, link_weights, read_all  # noqa: PLC0415
    from training.export import export as export_net  # noqa: PLC0415
    from training.features import reader_of  # noqa: PLC0415
    from training.opinions import split  # noqa: PLC0415
    from training.verification import Rated, fitted, rated  # noqa: PLC0415
    from training.weights import load_any  # noqa: PLC0415

    reader, rng = reader_of(base / "tokenizer.json"), random.Random(HELD_OUT_SEED)
    articles, found = load_polnear(corpora, "train"), list[Rated]()
    for number, run in enumerate(runs):
        with tempfile.TemporaryDirectory() as folder:
            model, head = export_net(load_any(run), Path(folder))
            _, unseen = split(articles, (number, len(runs)))
            worse = [damaged(x, WORST, rng) for x in rng.sample(unseen, len(unseen) // 2)]
            for shown in (unseen, worse):
                found += rated(read_all(model.read_bytes(), shown, reader), link_weights(head))
    (out / "verifier.json").write_bytes(to_json(fitted(found)))
    typer.echo(f"fitted to {len(found)} links, {sum(x.right for x in found)} of them right")


@app.command()
def antecedents(
    corpora: Annotated[Path, typer.Option(help="The folder that holds gum/ and polnear/.")],
    model: Annotated[Path, typer.Option(help="The pipeline that reads the articles.")] = Path("models/hearsay"),
    to: Annotated[Path, typer.Option(help="The module for the weights.")] = Path(
        "bot/extraction/actors/antecedent_weights.py"
    ),
) -> None:
    """Fit the weights that resolve pronouns. Needs only an existing pipeline that finds names and claims."""
    from bot.extraction.pipeline import load  # noqa: PLC0415  (slow to import)
    from gold import marked_actors, reading, wikinews  # noqa: PLC0415
    from training.antecedents import write_weights  # noqa: PLC0415

    rows = [*reading.rows_of("learn"), *wikinews.rows_of(corpora)]
    marked = [row for row in marked_actors.marked_rows(corpora) if not marked_actors.held_out(row["id"])]
    count = write_weights(load(model), corpora, rows, marked, to, HELD_OUT_SEED)
    typer.echo(f"fitted to {count} pronouns")


@app.command()
def actors(
    corpora: Annotated[Path, typer.Option(help="The folder that holds polnear/ and gum/.")],
    model: Annotated[Path, typer.Option(help="The pipeline that reads the articles.")] = Path("models/hearsay"),
    to: Annotated[Path, typer.Option(help="The file for the weights.")] = Path(
        "models/hearsay/hearsay_actors/actor_confidence.json"
    ),
) -> None:
    """Fit the probability that a claim's actor is the one meant, on the marked articles that are not held out."""
    from bot.extraction.pipeline import load  # noqa: PLC0415  (slow to import)
    from gold import marked_actors, reading, wikinews  # noqa: PLC0415
    from training.actor_confidence import write_weights  # noqa: PLC0415
    from training.antecedents import chained, lessons_of_chains  # noqa: PLC0415

    rows = [row for row in marked_actors.marked_rows(corpora) if not marked_actors.held_out(row["id"])]
    rows += [*reading.rows_of("learn"), *wikinews.rows_of(corpora)]
    nlp = load(model)
    with (corpora / "gum" / "train.conllu").open(encoding="utf-8") as lines:
        others = lessons_of_chains(nlp, chained(lines))
    typer.echo(write_weights(nlp, rows, to, others, marked_actors.invented_rows()))


@app.command()
def export(
    base: Base,
    out: Out,
    to: Annotated[Path, typer.Option(help="The folder for claims_int8.onnx, head.npz, tokenizer.json.")],
    average_with: Annotated[
        list[Path],
        typer.Option(
            help="Folder of another run from the same start, or of the exported model: average all weights."
        ),
    ] = [],  # noqa: B006  (read only)
    names: Annotated[Path | None, typer.Option(help="The corpora: refit the head for names to them.")] = None,
) -> None:
    """Write the files that Hearsay ships from the run's last checkpoint."""
    from training.export import export as export_net  # noqa: PLC0415
    from training.features import reader_of  # noqa: PLC0415
    from training.name_head import refit, states_and_labels  # noqa: PLC0415
    from training.train import RECORD  # noqa: PLC0415
    from training.weights import average, load_any  # noqa: PLC0415

    net = load_any(out)
    average(net, [load_any(folder) for folder in average_with])
    if names:
        reader = reader_of(base / "tokenizer.json")
        marked = marked_articles(names)
        loss = refit(net.ner, *states_and_labels(net.eval(), marked, reader))
        typer.echo(f"names of {len(marked)} documents, loss {loss:.4f}")
    for path in export_net(net, to):
        typer.echo(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")
    (to / "tokenizer.json").write_bytes((base / "tokenizer.json").read_bytes())
    if (out / RECORD).is_file():
        (to / RECORD).write_bytes((out / RECORD).read_bytes())


@app.command()
def evaluate(
    model: Annotated[Path, typer.Option(help="The folder with claims_int8.onnx, head.npz, tokenizer.json.")],
    gold: Annotated[list[Path], typer.Option(help="A gold file; may be given several times.")],
    out: Annotated[Path | None, typer.Option(help="A JSON file for the figures.")] = None,
) -> None:
    """Measure exported files on gold files, both clean and badly scraped."""
    from bot.extraction.claims.verifier import from_json  # noqa: PLC0415
    from training.evaluation import link_weights, measured  # noqa: PLC0415  (needs onnxruntime and spaCy)
    from training.features import reader_of  # noqa: PLC0415

    file = model / "verifier.json"
    table = measured(
        (model / "claims_int8.onnx").read_bytes(),
        link_weights(model / "head.npz"),
        {path.stem: load_gold(path) for path in gold},
        reader_of(model / "tokenizer.json"),
        from_json(file.read_bytes()) if file.is_file() else None,
    )
    for name, figures in table.items():
        claim = "claim {f1:.1f} (P {p:.1f} R {r:.1f})".format(**figures["claim"])
        typer.echo(f"{name:40} {claim}  content {figures['content']['f1']:.1f}")
    if out:
        out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def with_teaching(app: typer.Typer) -> typer.Typer:
    """Add the commands that need torch, if it is installed."""
    try:
        from training.naming import names  # noqa: PLC0415
        from training.teaching import distil, teach  # noqa: PLC0415
    except ModuleNotFoundError:
        return app
    app.command()(teach)
    app.command()(distil)
    app.command()(names)
    return app


if __name__ == "__main__":
    try:
        with_teaching(app)()
    except (RecipeError, GoldError, FileNotFoundError) as error:
        raise SystemExit(str(error)) from None
