"""Who speaks and what kind a claim is, for PolNeAR's own claims: more articles than the files with gold have.

Actors were marked in 228 articles of its train part, kinds for 5,600 claims (gold/actors, gold/kinds). The network
was trained on claims and names of these articles. The rules for actors and kinds were not, but may learn from the
articles in polnear_learn.jsonl, which therefore have their own rows.
"""

from collections import Counter
from pathlib import Path
from typing import Any

from rich.table import Table
from spacy.language import Language

from bot.extraction.actors.resolver import Resolver
from bot.extraction.claims.claim_kind import kind_of
from gold.reading import FOLDER
from training.antecedents import bare, known_claim, read
from training.corpus import Article, load_polnear
from training.corpus import rows_of as rows_of_file
from training.kinds import LETTERS

CORPORA = "corpora"
MEASURE, LEARN = "polnear", "polnear_learn"
"""The files of marked actors: for measuring, and for learning."""
Right = Counter[bool]


def marked_table(nlp: Language, shared: Path) -> Table:
    """Return the table of correct actors and kinds for PolNeAR's train part."""
    articles = {article.id: article for article in load_polnear(shared / CORPORA, "train")}
    table = Table(title="PolNeAR train, its own claims given", title_justify="left")
    for column in ("", "right, %", "of"):
        table.add_column(column, justify="left" if not column else "right")
    learn = actors_right(nlp, articles, LEARN)
    found = actors_right(nlp, articles) | {f"{name}, to learn from": right for name, right in learn.items()}
    for name, right in (found | kinds_right(articles)).items():
        table.add_row(name, f"{100 * right[True] / max(right.total(), 1):.1f}", f"{right.total():,}")
    return table


def rows_of(kind: str, part: str = MEASURE) -> list[dict[str, Any]]:
    """Return the marks for PolNeAR's articles: `actors` or `kinds`, from the file named `part`."""
    return rows_of_file(FOLDER / kind / f"{part}.jsonl")


def actors_right(nlp: Language, articles: dict[str, Article], part: str = MEASURE) -> dict[str, Right]:
    """Return how many sources get a marked actor: of all, and of people who were asked or told something."""
    found: dict[str, Right] = {"actors": Right()}
    for row in rows_of("actors", part):
        article = articles[row["id"]]
        claims = [known_claim(claim) for claim in article.claims or ()]
        speakers = Resolver(read(nlp, article.text, claims)).resolve()
        for number, spans in row["actors"]:
            names = {bare(article.text[a:b]) for a, b in spans}
            speaker = speakers[number]
            right = bare(speaker.name) in names if speaker and names else speaker is None and not names
            found["actors"][right] += 1
            if number in row.get("asked", ()):
                found.setdefault("  asked or told", Right())[right] += 1
    return found


def kinds_right(articles: dict[str, Article]) -> dict[str, Right]:
    """Return how many claims get the marked kind: of all, and of each kind."""
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
