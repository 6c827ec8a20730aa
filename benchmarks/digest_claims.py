"""The claims of a text as digests get them: as they are stored, without those that only pass on others."""

from datetime import date

from spacy.language import Language

from bot.extraction.pipeline import extract
from bot.model.claims import Span
from bot.model.digests import DigestClaim
from bot.store.claims.claim_rows import passed_on_by, row_of
from bot.store.claims.evidence_excerpts import Reader
from config.settings import Settings

LEAST = float(Settings.model_fields["minimum_confidence"].default)
"""How sure a claim is that a digest shows, by default."""
WRITTEN = date(2027, 3, 1)
"""The day from which the times of promises are counted."""


def digest_claims(
    nlp: Language, title: str, body: str, article_id: int, outlet: str
) -> tuple[list[DigestClaim], dict[int, Span]]:
    """Return the sure claims of an article, and from where to where each goes in `body`, by its id.

    Ids begin with `article_id`, so those of articles have to be far enough from one another.
    """
    found = extract(nlp, body, title)
    reader = Reader(body)
    ids = {actor.name: number for number, actor in enumerate(found.actors, 1)}
    roles = {actor.name: actor.role for actor in found.actors}
    sure = [claim.confidence >= LEAST for claim in found.claims]
    passing = passed_on_by(found.claims)
    claims, spans = [], {}
    for place, claim in enumerate(found.claims):
        if not sure[place] or (place in passing and sure[passing[place]]):
            continue
        row = row_of(claim, reader, ids, WRITTEN)
        claims.append(
            DigestClaim(
                article_id + place,
                claim.actor,
                roles.get(claim.actor) if claim.actor else None,
                row["content_text"],
                row["kind"],
                claim.verbatim,
                claim.confidence,
                outlet,
                "",
                cue=row["cue_text"],
                article_id=article_id,
                told_by=tuple(row["told_by"]),
                taken_back=row["taken_back_text"],
                refers_to=row["refers_to_text"],
                source=row["source_text"],
                time=row["time_text"],
            )
        )
        spans[article_id + place] = (claim.content[0][0], claim.content[-1][1])
    return claims, spans
