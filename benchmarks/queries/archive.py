"""An invented archive of any size: rows of each table, as the databases take them.

Shares are those of news: some feeds bring far more than others, some actors are quoted far more often, and some
words are in every tenth claim. The same size gives the same rows each time.
"""

import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
DAYS = 400
FEEDS = 2_000
SERVERS = 5_000
ACTORS = 100_000
WORDS = 20_000
CLAIMS_AN_ARTICLE = 8
TEXT = 2_000
"""Characters of an article's text."""
FIRST_SERVER = 10_000

Columns = tuple[str, ...]
Rows = Iterator[tuple[Any, ...]]


@dataclass(frozen=True)
class Table:
    """The rows of one table."""

    name: str
    columns: Columns
    rows: Rows


def _weights(count: int, exponent: float) -> list[float]:
    """Return cumulated weights that fall with rank (Zipf)."""
    return list(itertools.accumulate(1 / (rank + 1) ** exponent for rank in range(count)))


def _words(chance: random.Random, count: int) -> list[str]:
    """Return that many different words that can be spoken."""
    heads = [
        "b",
        "br",
        "c",
        "d",
        "f",
        "g",
        "gr",
        "h",
        "j",
        "k",
        "l",
        "m",
        "n",
        "p",
        "qu",
        "r",
        "s",
        "st",
        "t",
        "v",
        "w",
    ]
    tails = ["a", "e", "i", "o", "u", "an", "en", "or", "is", "al", "ent", "ar"]
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = chance.choice((2, 2, 3, 3, 4))
        found["".join(chance.choice(heads) + chance.choice(tails) for _ in range(syllables))] = None
    return list(found)


class Archive:
    """The rows of an archive with about `claims` claims. Tables come in the order in which they can be stored."""

    def __init__(self, claims: int) -> None:
        self.articles = claims // CLAIMS_AN_ARTICLE
        chance = random.Random(7)
        self.words = _words(chance, WORDS)
        names = _words(chance, 4_000)
        self.actors = [f"{a.title()} {b.title()}" for a, b in (chance.sample(names, 2) for _ in range(ACTORS))]
        self.feeds_of_articles = self._feeds_of_articles()

    def _feeds_of_articles(self) -> list[list[int]]:
        chance = random.Random(8)
        weights = _weights(FEEDS, 0.8)
        feeds = range(1, FEEDS + 1)
        counts = chance.choices((1, 2, 3), (70, 25, 5), k=self.articles)
        return [list(dict.fromkeys(chance.choices(feeds, cum_weights=weights, k=n))) for n in counts]

    def feeds_of_servers(self) -> Iterator[tuple[int, list[int]]]:
        """Yield each server with its feeds: some have three, some a hundred, popular feeds more often."""
        chance = random.Random(9)
        weights = _weights(FEEDS, 0.5)
        for server in range(SERVERS):
            wanted = max(2, min(100, int(chance.lognormvariate(2.7, 0.9))))
            chosen = chance.choices(range(1, FEEDS + 1), cum_weights=weights, k=wanted)
            yield FIRST_SERVER + server, list(dict.fromkeys(chosen))

    def published_at(self, article: int) -> datetime:
        """Return when an article (from 0) was published: about in the order in which they were read."""
        chance = random.Random(article)
        span = timedelta(days=DAYS)
        at = NOW - span + span * (article / self.articles) - timedelta(hours=chance.random() * 12)
        return at.replace(microsecond=0)

    def tables(self) -> Iterator[Table]:
        """Yield all tables."""
        yield Table(
            "feeds",
            ("id", "url", "title", "state", "kept_by_host", "failures", "next_poll_at", "created_at"),
            (
                (
                    n,
                    f"https://outlet{n}.example/rss",
                    f"Outlet {n}",
                    "healthy",
                    False,
                    0,
                    NOW + timedelta(days=1),
                    NOW,
                )
                for n in range(1, FEEDS + 1)
            ),
        )
        yield Table("guild_feeds", ("guild_id", "feed_id", "added_by", "added_at"), self._guild_feeds())
        yield Table("subscriptions", _SUBSCRIPTION, self._subscriptions())
        yield Table(
            "stories",
            ("id", "terms", "size", "first_at", "last_at"),
            ((n + 1, "{}", 1, self.published_at(n), self.published_at(n)) for n in range(self.articles)),
        )
        yield Table("articles", _ARTICLE, self._articles())
        yield Table("entries", _ENTRY, self._entries())
        yield Table(
            "actors",
            ("id", "name", "folded", "type"),
            ((n, name, name.lower(), "PERSON") for n, name in enumerate(self.actors, 1)),
        )
        yield Table("actor_aliases", ("actor_id", "folded", "alias", "links"), self._aliases())
        yield Table("actor_words", ("word", "actor_id"), self._actor_words())
        yield Table("article_actors", _ARTICLE_ACTOR, self._article_actors())
        yield Table("claims", _CLAIM, self._claims())

    def _guild_feeds(self) -> Rows:
        for server, feeds in self.feeds_of_servers():
            for feed in feeds:
                yield server, feed, 1, NOW

    def _subscriptions(self) -> Rows:
        made_at = NOW - timedelta(days=DAYS)  # the first digest of a new subscription waits for its feeds
        for number in range(SERVERS):
            server = FIRST_SERVER + number
            yield (
                number + 1, server, server, "daily", "09:00:00.000000", 0, "UTC", "[]", 0.8, NOW, 1, made_at,
                None, "",
            )  # fmt: skip

    def _articles(self) -> Rows:
        chance = random.Random(10)
        text = " ".join(chance.choices(self.words, k=TEXT))
        for n in range(self.articles):
            at, feed = self.published_at(n), self.feeds_of_articles[n][0]
            start = chance.randrange(len(text) - TEXT)
            yield (
                n + 1, f"{n:064}", f"https://outlet{feed}.example/{n}", f"Outlet {feed}", f"Headline {n}", at,
                "en", text[start : start + TEXT], "page", "extracted", 0, at + timedelta(minutes=5), n + 1,
            )  # fmt: skip

    def _entries(self) -> Rows:
        number = 0
        for n, feeds in enumerate(self.feeds_of_articles):
            at = self.published_at(n)
            for feed in feeds:
                number += 1
                yield (
                    number, feed, f"key {number}", f"{number:064}", f"https://outlet{feed}.example/{n}",
                    f"Headline {n}", at, "", at + timedelta(minutes=3), "read", 0, n + 1, f"{n:032}", f"{n:032}",
                )  # fmt: skip

    def _aliases(self) -> Rows:
        for n, name in enumerate(self.actors, 1):
            folded = name.lower()
            yield n, folded, name, True
            yield n, folded.split()[1], name.split()[1], False

    def _actor_words(self) -> Rows:
        for n, name in enumerate(self.actors, 1):
            for word in sorted(set(name.lower().split())):
                yield word, n

    def _speakers(self) -> Iterator[tuple[int, list[int | None]]]:
        """Yield each article with the actors of its claims, in order: every eighth speaker is unknown."""
        chance = random.Random(11)
        weights = _weights(ACTORS, 0.9)
        actors = range(1, ACTORS + 1)
        for n in range(self.articles):
            own = chance.choices(actors, cum_weights=weights, k=4)
            yield n, [None if chance.random() < 1 / 8 else chance.choice(own) for _ in range(CLAIMS_AN_ARTICLE)]

    def _article_actors(self) -> Rows:
        for n, speakers in self._speakers():
            named = [actor for actor in speakers if actor is not None]
            for position, actor in enumerate(dict.fromkeys(named)):
                name = self.actors[actor - 1]
                yield n + 1, actor, name, name.lower(), "minister", position, 0.5, named.count(actor)

    def _claims(self) -> Rows:
        chance = random.Random(12)
        weights = _weights(WORDS, 0.9)
        kinds = ("statement", "opinion", "prediction", "demand", "denial", "promise", "question")
        number = 0
        spans = json.dumps([[0, 20]])
        for n, speakers in self._speakers():
            for position, actor in enumerate(speakers):
                number += 1
                content = " ".join(chance.choices(self.words, cum_weights=weights, k=15))
                name = self.actors[actor - 1] if actor else ""
                (kind,) = chance.choices(kinds, (70, 10, 6, 5, 4, 3, 2))
                wording = chance.choice(("verbatim", "paraphrased", "mixed"))
                yield (
                    number, n + 1, actor, position, spans, spans, spans, 0, 100, name, "said", content, kind,
                    wording, round(chance.random() ** 0.4, 3), False, f"{name.lower()} {content}".strip(),
                )  # fmt: skip


_SUBSCRIPTION = (
    "id", "guild_id", "channel_id", "cadence", "at", "weekday", "timezone", "feed_ids", "minimum_confidence",
    "next_at", "created_by", "created_at", "paused_reason", "filter",
)  # fmt: skip
_ARTICLE = (
    "id", "url_key", "url", "outlet", "title", "published_at", "language", "text", "origin", "state", "attempts",
    "read_at", "story_id",
)  # fmt: skip
_ENTRY = (
    "id", "feed_id", "key", "content_hash", "url", "title", "published_at", "html", "first_seen_at", "state",
    "attempts", "article_id", "link_print", "title_print",
)  # fmt: skip
_ARTICLE_ACTOR = ("article_id", "actor_id", "name", "folded", "role", "position", "salience", "claims")
_CLAIM = (
    "id", "article_id", "actor_id", "position", "source", "cue", "content", "evidence_start", "evidence_end",
    "source_text", "cue_text", "content_text", "kind", "verbatim", "confidence", "hedged", "search_text",
)  # fmt: skip
