"""Who speaks and what kind a claim is, asked of PolNeAR's own claims: more articles than the files with gold have.

Actors were marked in 52 articles of its train part, kinds of 5,600 claims (gold/actors, gold/kinds). The network
has learnt from these articles where claims and names are; what answers the two questions asked here has not.
"""

from collections import Counter
from pathlib import Path
from typing import Any

from rich.table import Table
from spacy.language import Language

from bot.extraction.actors.resolver import Resolver
from bot.extraction.claims.claim_kind import kind_of
from bot.model.claims import Kind
from gold.reading import FOLDER
from training.antecedents import bare, known_claim, read
from training.corpus import Article, load_polnear
from training.corpus import rows_of as rows_of_file

CORPORA = "corpora"
LETTERS = {
    "s": Kind.STATEMENT,
    "o": Kind.OPINION,
    "d": Kind.DENIAL,
    "m": Kind.DEMAND,
    "p": Kind.PREDICTION,
    "q": Kind.QUESTION,
}
Right = Counter[bool]


def marked_table(nlp: Language, shared: Path) -> Table:
    """Return the table of what is right of what was marked in PolNeAR's train part."""
    articles = {article.id: article for article in load_polnear(shared / CORPORA, "train")}
    table = Table(title="PolNeAR train, its own claims given", title_justify="left")
    for column in ("", "right, %", "of"):
        table.add_column(column, justify="left" if not column else "right")
    for name, right in {"actors": actors_right(nlp, articles), **kinds_right(articles)}.items():
        table.add_row(name, f"{100 * right[True] / max(right.total(), 1):.1f}", f"{right.total():,}")
    return table


def rows_of(kind: str) -> list[dict[str, Any]]:
    """Return what was marked in PolNeAR's articles: `actors` or `kinds`."""
    return rows_of_file(FOLDER / kind / "polnear.jsonl")


def actors_right(nlp: Language, articles: dict[str, Article]) -> Right:
    """Return how many sources find the actor whose name, or another one, stands where it was marked."""
    right = Right()
    for row in rows_of("actors"):
        article = articles[row["id"]]
        claims = [known_claim(claim) for claim in article.claims or ()]
        speakers = Resolver(read(nlp, article.text, claims)).resolve()
        for number, spans in row["actors"]:
            names = {bare(article.text[a:b]) for a, b in spans}
            speaker = speakers[number]
            right[bare(speaker.name) in names if speaker and names else speaker is None and not names] += 1
    return right


def kinds_right(articles: dict[str, Article]) -> dict[str, Right]:
    """Return how many claims get the kind that was marked, in all and of each kind."""
    found: dict[str, Right] = {"kinds": Right()}
    for row in rows_of("kinds"):
        article = articles[row["id"]]
        claims = article.claims or ()
        for number, letter in row["kinds"]:
            claim, kind = claims[number], LETTERS[letter]
            words = (" ".join(article.text[a:b] for a, b in spans) for spans in (claim.cue, claim.content))
            right = kind_of(*words) == kind
            found["kinds"][right] += 1
            found.setdefault(f"  {kind.value}", Right())[right] += 1
    return found
