"""The questions that are asked of an archive, and the same in bare SQL with the plain driver."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from benchmarks.queries.archive import NOW, Archive
from bot.delivery.answers import CLAIMS_A_PAGE
from bot.model.claims import Kind
from bot.model.queries import ClaimQuery
from bot.store import Store

CONFIDENCE = 0.8
SUGGESTED = 25
COUNTED = 101
"""Claims that a page looks for: it says "more than 100"."""


@dataclass(frozen=True)
class Question:
    """One question to one server: as the bot asks it, and as bare SQL: statements with their parameters.

    Of several statements the later ones are given `ids`, the numbers that the first one found.
    """

    ask: Callable[[Store], Awaitable[Any]]
    keys: str
    given: dict[str, Any]
    pages: bool = True
    """Whether the first claims are then read."""


RECORDS = """SELECT c.id, c.article_id, c.actor_id, aa.name, ac.type, aa.role, c.source_text, c.cue_text,
    c.content_text, c.kind, c.verbatim, c.confidence, c.hedged, c.addressee_text, c.time_text, a.title, a.url,
    a.outlet, a.published_at
    FROM claims c JOIN articles a ON a.id = c.article_id
    LEFT JOIN article_actors aa ON aa.article_id = c.article_id AND aa.actor_id = c.actor_id
    LEFT JOIN actors ac ON ac.id = c.actor_id WHERE c.id IN ({ids})"""
_ORDER = "ORDER BY at DESC, article_id DESC, place DESC, claim_id DESC LIMIT :n"
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
            "completion, one letter": lambda: self._completion(1),
            "completion, three letters": lambda: self._completion(3),
        }

    def _server(self) -> int:
        return self._chance.choice(self._servers)

    def _claims(
        self, where: str = "", actors: str = "", bare: dict[str, Any] | None = None, **asked: Any
    ) -> Question:
        query = ClaimQuery(self._server(), minimum_confidence=CONFIDENCE, **asked)
        given = bare if bare is not None else asked
        return Question(
            lambda store: store.claims.search(query, limit=CLAIMS_A_PAGE),
            _walk(self._dialect, where, actors),
            {"server": query.guild_id, "confidence": CONFIDENCE, "n": COUNTED} | given,
        )

    def _by_actor(self, rank: int) -> Question:
        name = self._archive.actors[rank]
        actors = "SELECT actor_id FROM actor_aliases WHERE folded = :name"
        return self._claims("", actors, {"name": name.lower()}, actor=name)

    def _about(self, rank: int) -> Question:
        word = self._archive.words[rank]
        if self._dialect == "sqlite":
            where = "AND f.claim_id IN (SELECT rowid FROM claims_search WHERE claims_search MATCH :term)"
            term = f'"{word}"*'
        else:
            where = """AND EXISTS (SELECT 1 FROM claims c WHERE c.id = f.claim_id
                AND c.search_vector @@ to_tsquery('english', :term))"""
            term = f"'{word}':*"
        return self._claims(where, "", {"term": term}, topic=word)

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
        return Question(lambda store: store.claims.actor_names(typed, server, SUGGESTED), keys, given, pages=False)
