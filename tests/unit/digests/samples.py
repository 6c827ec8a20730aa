"""Articles and claims, and the digest composed of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.digests.compose import compose
from bot.model.claims import Kind, Wording
from bot.model.digests import Digest, DigestArticle, DigestClaim

NOW = datetime(2026, 7, 18, 6, tzinfo=UTC)
ZONE = "Europe/Berlin"
MINIMUM = 0.4
"""How sure a claim must be to be shown."""


def claim(
    claim_id: int,
    actor: str | None,
    content: str,
    *,
    role: str | None = None,
    kind: Kind = Kind.STATEMENT,
    verbatim: Wording = Wording.VERBATIM,
    confidence: float = 0.9,
    outlet: str = "The Courier",
    url: str = "https://courier.example/a",
) -> DigestClaim:
    return DigestClaim(claim_id, actor, role, content, kind, verbatim, confidence, outlet, url)


def article(
    article_id: int,
    story_id: int | None,
    outlet: str,
    claims: Sequence[DigestClaim],
    *,
    title: str = "Dunmore dam was never in danger, mayor says",
    url: str = "https://courier.example/a",
    image_url: str | None = None,
    actors: Sequence[str] = (),
) -> DigestArticle:
    return DigestArticle(
        article_id, story_id, title, url, outlet, NOW - timedelta(hours=2), image_url, tuple(actors), tuple(claims)
    )


def composed(articles: Sequence[DigestArticle]) -> Digest | None:
    return compose(articles, NOW, timezone=ZONE, minimum_confidence=MINIMUM).digest
