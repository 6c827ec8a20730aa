"""The claims of a text that is not stored, in the form of stored claims. Pure."""

from collections.abc import Sequence
from datetime import datetime

from bot.model.articles import ReadArticle
from bot.model.claims import Actor, Claim, ClaimRecord, Evidence, Extraction, Span
from bot.store.claims.claim_rows import passed_on_by, row_of
from bot.store.claims.evidence_excerpts import Reader, excerpt, moved


def evidence_in(
    article: ReadArticle, extraction: Extraction, published_at: datetime, minimum: float
) -> tuple[Evidence, ...]:
    """Return the claims of a text that have at least the confidence `minimum`, each in its context.

    They are ordered by actor, the key actor first, unknown speakers last. A claim that only passes on another one
    is left out if that one has enough confidence. `published_at` is the day from which times are counted.
    """
    reader = Reader(article.text)
    ids = {actor.name: number for number, actor in enumerate(extraction.actors, 1)}
    passing = passed_on_by(extraction.claims)
    sure = [
        claim
        for position, claim in enumerate(extraction.claims)
        if claim.confidence >= minimum
        and not (position in passing and extraction.claims[passing[position]].confidence >= minimum)
    ]
    last = len(ids) + 1
    ordered = sorted(sure, key=lambda claim: ids.get(claim.actor or "", last))
    actors = {actor.name: actor for actor in extraction.actors}
    return tuple(
        _evidence(claim, number, article, published_at, reader, ids, actors)
        for number, claim in enumerate(ordered, 1)
    )


def _evidence(
    claim: Claim,
    number: int,
    article: ReadArticle,
    published_at: datetime,
    reader: Reader,
    ids: dict[str, int],
    actors: dict[str, Actor],
) -> Evidence:
    row = row_of(claim, reader, ids, published_at.date())
    actor = actors.get(claim.actor or "")
    record = ClaimRecord(
        id=number,
        article_id=0,
        actor_id=row["actor_id"],
        actor=actor.name if actor else None,
        actor_type=actor.type if actor else None,
        role=actor.role if actor else None,
        source_text=row["source_text"],
        cue_text=row["cue_text"],
        content_text=row["content_text"],
        kind=row["kind"],
        verbatim=row["verbatim"],
        confidence=row["confidence"],
        title=article.title,
        url=article.url,
        outlet=article.outlet,
        published_at=published_at,
        hedged=row["hedged"],
        addressee=row["addressee_text"],
        time=row["time_text"],
        claim_confidence=row["claim_confidence"],
        actor_confidence=row["actor_confidence"],
        told_by=tuple(row["told_by"]),
        taken_back=row["taken_back_text"],
        due=row["due_text"],
        due_on=row["due_on"],
        refers_to=row["refers_to_text"],
    )
    part = excerpt(article.text, claim.evidence, (*claim.source, *claim.cue, *claim.content))

    def within(spans: Sequence[Span]) -> tuple[Span, ...]:
        return moved(spans, part.start)

    return Evidence(
        claim=record,
        text=part.text,
        source=within(claim.source),
        cue=within(claim.cue),
        content=within(claim.content),
        cut_before=part.cut_before,
        cut_after=part.cut_after,
    )
