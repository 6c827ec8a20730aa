"""Ranking: how a digest's order compares with what an editor chose before seeing it.

Only claims and stories that were found are ranked, and the best order of these counts as 1: what extraction misses
is measured elsewhere. A digest shows a few claims and passes over what cannot be understood alone. Beside its
order stand that of all claims, and two plain ones: by position (as the article or the feed has them) and by
confidence.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table
from spacy.language import Language

from benchmarks.alone import alone_table
from benchmarks.digest_claims import LEAST, digest_claims
from benchmarks.shared import Row, rows_of, shared_folder
from bot.digests.compose import CLAIMS_SHOWN, compose
from bot.digests.merging import merged
from bot.digests.salience import most_salient
from bot.extraction.pipeline import load
from bot.model.claims import Span
from bot.model.digests import DigestArticle, DigestClaim, MergedClaim
from gold.reading import GoldError
from gold.reading import rows_of as gold_rows

CHOICES = Path(__file__).parent.parent / "gold" / "digests"
FIRST = 4
"""How many claims of a story count."""
STORIES = 5
"""How many stories of a digest count: as many as it shows by default."""
MAIN, GOOD = 2, 1
"""What a claim is worth that holds the main news, and one that an editor would still print."""
SOURCES = {"wikinews-dev": "eval/wikinews-dev/gold.jsonl", "meantime": "corpora/meantime/en.jsonl"}
"""Where the texts lie in the shared folder, by what `from` in the files of choices says."""
UNDATED = datetime(2027, 3, 1, tzinfo=UTC)
OUTLET = "The Courier"
"""Where the articles of which one makes a story are printed."""
NAMES = ("Hearsay", "by position", "by confidence")
"""The orders of stories."""
DIGEST, ALL = "Hearsay's digest", "Hearsay, all claims"
ORDERS = (DIGEST, ALL, *NAMES[1:])
"""The orders of claims."""

Order = list[DigestClaim]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The claims found in one article, in order, and what the editor chose there, as spans of the text."""

    title: str
    claims: Sequence[DigestClaim]
    spans: Mapping[int, Span]
    main: Sequence[Sequence[Span]]
    good: Sequence[Sequence[Span]]


def run(console: Console, model: Path) -> None:
    """Print the tables of claims and of stories."""
    texts, absent = _texts(shared_folder())
    for name in absent:
        console.print(f"Skipped: {name} is not at hand. ../shared (or HEARSAY_SHARED) has it.")
    nlp = load(model)
    console.print(claims_table(nlp, texts, rows_of(CHOICES / "claims.jsonl")))
    console.print(stories_table(nlp, texts, rows_of(CHOICES / "stories.jsonl")))
    if (marked := alone_table(nlp)) is not None:
        console.print(marked)


def claims_table(nlp: Language, texts: Mapping[str, str], rows: Iterable[Row]) -> Table:
    """Return the table of how the claims of each article are ordered."""
    table = Table(title=f"Claims: NDCG of the first {FIRST}, and stories whose chosen claims hold main news, in %")
    firsts = [f"in the first {shown}" for shown in (CLAIMS_SHOWN, FIRST)]
    for column in ("set", "stories", "order", f"NDCG@{FIRST}", *firsts):
        table.add_column(column)
    sets: dict[str, list[Chosen]] = {}
    for row in rows:
        if row["id"] in texts:
            sets.setdefault(row["from"], []).append(_chosen(nlp, texts[row["id"]], row))
    for name, found in sets.items():
        for order in ORDERS:
            gains = [gains_of(ordered(one, order), one) for one in found]
            holds = [100 * sum(MAIN in g[:shown] for g in gains) / len(gains) for shown in (CLAIMS_SHOWN, FIRST)]
            of_all = [gains_of(one.claims, one) for one in found]
            mean = sum(ndcg(g, FIRST, best) for g, best in zip(gains, of_all, strict=True)) / len(gains)
            first = order == ORDERS[0]
            head = (name, str(len(found))) if first else ("", "")
            table.add_row(*head, order, f"{mean:.3f}", *(f"{share:.0f}" for share in holds))
    return table


def stories_table(nlp: Language, texts: Mapping[str, str], rows: Iterable[Row]) -> Table:
    """Return the table of how the stories of each digest are ordered."""
    table = Table(title=f"Stories: NDCG of the first {STORIES}")
    for column in ("digest", "stories", *NAMES):
        table.add_column(column)
    digests: dict[str, list[Row]] = {}
    for row in rows:
        if all(article in texts for article in row["articles"]):
            digests.setdefault(row["digest"], []).append(row)
    for name, stories in digests.items():
        worth = {number: int(story["worth"]) for number, story in enumerate(stories)}
        articles = [
            _article(nlp, texts[key], number * 100 + place, number, f"Outlet {place}")
            for number, story in enumerate(stories)
            for place, key in enumerate(story["articles"])
        ]
        orders = _story_orders(articles)
        shares = (f"{ndcg([worth[story] for story in order], STORIES):.3f}" for order in orders)
        table.add_row(name, str(len(orders[0])), *shares)
    return table


def ndcg(gains: Sequence[int], first: int, of_all: Sequence[int] | None = None) -> float:
    """Return how good an order is (0 to 1), of which the `gains` are given: Järvelin and Kekäläinen 2002.

    The discounted gain of its `first` places is divided by that of the best order of the same things, or of
    things with the gains `of_all`. It is 1 where nothing is worth anything: no order is better then.
    """

    def discounted(values: Iterable[int]) -> float:
        return sum((2.0**gain - 1) / math.log2(place + 2) for place, gain in enumerate(values))

    best = discounted(sorted(gains if of_all is None else of_all, reverse=True)[:first])
    return discounted(gains[:first]) / best if best else 1.0


def ordered(chosen: Chosen, order: str) -> Order:
    """Return the claims in one of the ORDERS; that of a digest has only those that it shows, FIRST at most."""
    if order == DIGEST:
        article = DigestArticle(1, 1, chosen.title, "", OUTLET, UNDATED, None, (), tuple(chosen.claims))
        made = compose([article], UNDATED, timezone="UTC", minimum_confidence=LEAST, claims_shown=FIRST).digest
        return [one.claim for one in made.stories[0].claims] if made is not None else []
    if order == ALL:
        claims: list[MergedClaim] = merged(chosen.claims)
        return [one.claim for one in most_salient(claims, [chosen.title], len(claims))]
    if order == NAMES[1]:
        return list(chosen.claims)
    return sorted(chosen.claims, key=lambda claim: -claim.confidence)


def gains_of(claims: Iterable[DigestClaim], chosen: Chosen) -> list[int]:
    """Return what each claim is worth to the editor. A choice that was shown before is worth nothing again."""
    left = [(MAIN, spans) for spans in chosen.main] + [(GOOD, spans) for spans in chosen.good]
    gains = []
    for claim in claims:
        start, end = chosen.spans[claim.claim_id]
        hit = next((one for one in left if any(a < end and start < b for a, b in one[1])), None)
        if hit is not None:
            left.remove(hit)
        gains.append(hit[0] if hit is not None else 0)
    return gains


def _texts(shared: Path | None) -> tuple[dict[str, str], list[str]]:
    """Return the texts at hand by the ids of their articles, and the names of the sets that are not."""
    texts = {row["id"]: row["text"] for part in ("judge", "learn") for row in gold_rows(part)}
    absent = []
    for name, place in SOURCES.items():
        if shared is not None and (shared / place).is_file():
            texts |= {row["id"]: row["text"] for row in rows_of(shared / place)}
        else:
            absent.append(name)
    return texts, absent


def _chosen(nlp: Language, text: str, row: Row) -> Chosen:
    if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
        raise GoldError(f"the text of {row['id']} is not the one that the editor read")
    title, body = _parts(text)
    claims, within = digest_claims(nlp, title, body, 1, OUTLET)
    spans = {number: (start + len(title), end + len(title)) for number, (start, end) in within.items()}
    main, good = ([[(a, b) for a, b in one] for one in row[key]] for key in ("main", "good"))
    return Chosen(title, claims, spans, main, good)


def _parts(text: str) -> tuple[str, str]:
    """Return the title of a text, which is its first line, and the rest."""
    title, _, _ = text.partition("\n")
    return title, text[len(title) :]


def _article(nlp: Language, text: str, number: int, story: int, outlet: str) -> DigestArticle:
    title, body = _parts(text)
    claims, _ = digest_claims(nlp, title, body, number * 1000, outlet)
    return DigestArticle(number, story, title, "", outlet, UNDATED, None, (), tuple(claims))


def _story_orders(articles: Sequence[DigestArticle]) -> list[list[int]]:
    """Return the stories in the orders NAMES."""
    composed = compose(
        articles, UNDATED, timezone="UTC", minimum_confidence=0.0, stories_shown=len(articles)
    ).digest
    shown = composed.stories if composed is not None else ()
    ids = [story.lead.story_id or 0 for story in shown]
    surest: dict[int, float] = {}
    for article in articles:
        for claim in article.claims:
            surest[article.story_id or 0] = max(claim.confidence, surest.get(article.story_id or 0, 0.0))
    return [ids, sorted(ids), sorted(sorted(ids), key=lambda story: -surest[story])]
