"""The questions that are asked of an archive, and the same in bare SQL with the plain driver."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from benchmarks.queries.archive import NOW, Archive
from bot.delivery.answers import CLAIMS_A_PAGE
from bot.delivery.trends import ACTORS_SHOWN
from bot.digests.trends import FEWEST
from bot.model.claims import Kind
from bot.model.queries import ClaimQuery
from bot.services.exporting import MOST
from bot.services.one_actor import DRAWN_FROM
from bot.services.trending import A_WEEK, PAST
from bot.store import Store
from bot.store.claims.counts_by_day import HEARD_SHARE, Window

CONFIDENCE = 0.8
SUGGESTED = 25
COUNTED = 101
"""Claims that a page looks for: it says "more than 100"."""


@dataclass(frozen=True)
class Question:
    """One question to one server: as the bot asks it, and as bare SQL: a statement with its parameters."""

    ask: Callable[[Store], Awaitable[Any]]
    keys: str
    given: dict[str, Any]
    read: int = CLAIMS_A_PAGE
    """How many of the first claims are then read."""
    then: "Question | None" = None
    """What bare SQL asks after that, if it takes several statements."""


RECORDS = """SELECT c.id, c.article_id, c.actor_id, aa.name, ac.type, aa.role, c.source_text, c.cue_text,
    c.content_text, c.kind, c.verbatim, c.confidence, c.hedged, c.addressee_text, c.time_text, a.title, a.url,
    a.outlet, a.published_at
    FROM claims c JOIN articles a ON a.id = c.article_id
    LEFT JOIN article_actors aa ON aa.article_id = c.article_id AND aa.actor_id = c.actor_id
    LEFT JOIN actors ac ON ac.id = c.actor_id WHERE c.id IN ({ids})"""
_ORDER = "ORDER BY at DESC, article_id DESC, place DESC, claim_id DESC LIMIT :n"
ACTORS = "SELECT actor_id FROM actor_aliases WHERE folded = :name"
_SERVERS = "(SELECT feed_id FROM guild_feeds WHERE guild_id = :server)"


def _walk(dialect: str, where: str = "", actors: str = "") -> str:
    """Return the bare statement for the newest claims of a server."""
    where = f"AND f.confidence >= :confidence {where}"
    if dialect == "sqlite":
        by_actor = f"f.actor_id IN ({actors}) AND" if actors else ""
        return f"""SELECT DISTINCT f.claim_id, f.at, f.article_id, f.place FROM feed_claims f
            WHERE {by_actor} f.feed_id IN {_SERVERS} {where} {_ORDER}"""
    by_actor = f"CROSS JOIN ({actors}) s(actor)" if actors else ""
    spoken = "AND f.actor_id = s.actor" if actors else ""
    return f"""SELECT DISTINCT k.claim_id, k.at, k.article_id, k.place FROM {_SERVERS} g {by_actor}
        CROSS JOIN LATERAL (SELECT f.claim_id, f.at, f.article_id, f.place FROM feed_claims f
        WHERE f.feed_id = g.feed_id {spoken} {where} {_ORDER}) k {_ORDER}"""


def trending_statements(dialect: str) -> tuple[str, ...]:
    """Return the bare statements for stories by day, those of active actors, headlines, and names.

    As in the bot, a story counts once in the recent days and once before, on its first day there.
    """
    actor = "+f.actor_id" if dialect == "sqlite" else "f.actor_id"
    seen = """f.feed_id IN (SELECT feed_id FROM guild_feeds g WHERE guild_id = :server AND EXISTS (SELECT 1
        FROM feed_claims e WHERE e.feed_id = g.feed_id AND e.at >= :start AND e.at < :heard))
        AND f.at >= :start AND f.confidence >= :confidence"""
    active = f"""SELECT f.actor_id FROM feed_claims f JOIN actors ac ON ac.id = f.actor_id
        WHERE {seen} AND f.at >= :recent AND ac.type != 'UNNAMED' GROUP BY f.actor_id
        HAVING count(DISTINCT f.article_id) >= 3 ORDER BY count(DISTINCT f.article_id) DESC LIMIT 100"""
    day = "(f.at - :start) / 86400"
    told = f"SELECT f.article_id, max({day}) AS day FROM feed_claims f WHERE {seen}"
    story = "coalesce(a.story_id, -a.id)"
    return (
        f"""SELECT day, count(*) FROM (SELECT {story} AS story, min(t.day) AS day
            FROM ({told} GROUP BY 1) t JOIN articles a ON a.id = t.article_id GROUP BY 1, t.day >= :now) s
            GROUP BY day""",
        f"""SELECT actor_id, day, count(*) FROM (SELECT t.actor_id, {story} AS story, min(t.day) AS day
            FROM ({told.replace("SELECT", "SELECT f.actor_id,", 1)} AND {actor} IN (SELECT * FROM ({active}) a)
            GROUP BY 1, 2) t JOIN articles a ON a.id = t.article_id GROUP BY 1, 2, t.day >= :now) s
            GROUP BY actor_id, day""",
        f"""SELECT a.id, {story}, a.title, k.day FROM (SELECT f.article_id, max({day}) AS day, max(f.at) AS at
            FROM feed_claims f WHERE {seen} GROUP BY 1 ORDER BY at DESC LIMIT 3000) k
            JOIN articles a ON a.id = k.article_id""",
        f"""SELECT f.actor_id, aa.name, count(*) FROM feed_claims f JOIN article_actors aa
            ON aa.article_id = f.article_id AND aa.actor_id = f.actor_id
            WHERE f.actor_id IN (SELECT * FROM ({active.replace("LIMIT 100", "LIMIT 5")}) a)
            AND f.feed_id IN {_SERVERS} AND f.at >= :recent GROUP BY 1, 2""",
    )


class Questions:
    """Questions of each sort, about what the archive has."""

    def __init__(self, archive: Archive, dialect: str) -> None:
        self._chance = random.Random(3)
        self._archive = archive
        self._dialect = dialect
        self._servers = [server for server, _ in archive.feeds_of_servers()]
        self.sorts: dict[str, Callable[[], Question]] = {
            "latest": self._claims,
            "by the most quoted actor": lambda: self._by_actor(0),
            "by some actor": lambda: self._by_actor(self._chance.randrange(50, 5_000)),
            "about a common word": lambda: self._about(self._chance.randrange(20, 50)),
            "about a rare word": lambda: self._about(self._chance.randrange(300, 3_000)),
            "of a kind": lambda: self._claims("AND f.kind = :kind", kind=Kind.PROMISE),
            "in an outlet": self._in_outlet,
            "in a week": self._since,
            "compared, two actors": self._compared,
            "timeline, actor and topic": self._timeline,
            "trending, a week": self._trending,
            "export, 500 claims": self._export,
            "completion, one letter": lambda: self._completion(1),
            "completion, three letters": lambda: self._completion(3),
        }

    def _server(self) -> int:
        return self._chance.choice(self._servers)

    def _claims(
        self,
        where: str = "",
        actors: str = "",
        bare: dict[str, Any] | None = None,
        read: int = CLAIMS_A_PAGE,
        server: int | None = None,
        **asked: Any,
    ) -> Question:
        query = ClaimQuery(server or self._server(), minimum_confidence=CONFIDENCE, **asked)
        given = bare if bare is not None else asked
        return Question(
            lambda store: store.claims.search(query, limit=read),
            _walk(self._dialect, where, actors),
            {"server": query.guild_id, "confidence": CONFIDENCE, "n": max(COUNTED, read + 1)} | given,
            read,
        )

    def _by_actor(self, rank: int, read: int = CLAIMS_A_PAGE, server: int | None = None) -> Question:
        name = self._archive.actors[rank]
        return self._claims("", ACTORS, {"name": name.lower()}, read, server, actor=name)

    def _compared(self) -> Question:
        server = self._server()
        first, second = (self._by_actor(rank, DRAWN_FROM, server) for rank in self._chance.sample(range(50), 2))

        async def ask(store: Store) -> None:
            await first.ask(store)
            await second.ask(store)

        return replace(first, ask=ask, then=second)

    def _timeline(self) -> Question:
        word, name = (some[self._chance.randrange(50)] for some in (self._archive.words, self._archive.actors))
        where, term = self._contains(word)
        bare = {"name": name.lower(), "term": term}
        return self._claims(where, ACTORS, bare, DRAWN_FROM, actor=name, topic=word)

    def _export(self) -> Question:
        return self._claims(read=MOST)

    def _trending(self) -> Question:
        server = self._server()
        window = Window(NOW, A_WEEK * (PAST + 1), A_WEEK)

        async def ask(store: Store) -> None:
            by_day = await store.claim_counts.by_day(server, window, CONFIDENCE, FEWEST)
            await store.claim_counts.names(server, window, list(by_day.of_actors)[:ACTORS_SHOWN])

        given = {
            "server": server,
            "confidence": CONFIDENCE,
            "start": window.start,
            "recent": window.recent,
            "now": window.days - window.recent_days,
            "heard": window.start + int((window.recent - window.start) * HEARD_SHARE),
        }
        asked = None
        for keys in reversed(trending_statements(self._dialect)):
            asked = Question(ask, keys, given, read=0, then=asked)
        assert asked is not None
        return asked

    def _about(self, rank: int) -> Question:
        word = self._archive.words[rank]
        where, term = self._contains(word)
        return self._claims(where, "", {"term": term}, topic=word)

    def _contains(self, word: str) -> tuple[str, str]:
        """Return the bare condition that a claim contains a word, and its parameter `term`."""
        if self._dialect == "sqlite":
            where = "AND f.claim_id IN (SELECT rowid FROM claims_search WHERE claims_search MATCH :term)"
            return where, f'"{word}"*'
        where = """AND EXISTS (SELECT 1 FROM claims c WHERE c.id = f.claim_id
            AND c.search_vector @@ to_tsquery('english', :term))"""
        return where, f"'{word}':*"

    def _in_outlet(self) -> Question:
        server = self._server()
        feeds = dict(self._archive.feeds_of_servers())[server]
        outlet = f"Outlet {self._chance.choice(feeds)}"
        where = "AND EXISTS (SELECT 1 FROM articles a WHERE a.id = f.article_id AND a.outlet = :outlet)"
        return self._claims(where, outlet=outlet)

    def _since(self) -> Question:
        since = NOW - timedelta(days=self._chance.randrange(7, 300))
        until = since + timedelta(days=7)
        bare = {"since": int(since.timestamp()), "until": int(until.timestamp())}
        return self._claims("AND f.at BETWEEN :since AND :until", "", bare, since=since, until=until)

    def _completion(self, letters: int) -> Question:
        typed = self._archive.actors[self._chance.randrange(2_000)].lower()[:letters]
        server = self._server()
        latest = _walk(self._dialect).replace("DISTINCT f.claim_id", "DISTINCT f.actor_id, f.claim_id")
        latest = latest.replace("SELECT f.claim_id", "SELECT f.actor_id, f.claim_id")
        latest = latest.replace("DISTINCT k.claim_id", "DISTINCT k.actor_id, k.claim_id")
        keys = f"""SELECT l.actor_id, max(ac.name) FROM ({latest}) l JOIN actors ac ON ac.id = l.actor_id
            WHERE l.actor_id IN (SELECT actor_id FROM actor_words WHERE word BETWEEN :low AND :high)
            GROUP BY l.actor_id ORDER BY count(*) DESC LIMIT 25"""
        given = {"server": server, "confidence": 0.0, "n": 1_500, "low": typed, "high": typed + "\U0010ffff"}
        return Question(lambda store: store.claims.actor_names(typed, server, SUGGESTED), keys, given, read=0)
