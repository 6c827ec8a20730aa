"""The claims of one actor, even if the given name fits several."""

from collections import Counter
from dataclasses import dataclass, replace

from bot.model.claims import ClaimRecord
from bot.model.queries import ClaimQuery
from bot.services.engine import Services

DRAWN_FROM = 100
"""How many of the newest claims of an actor make an answer, so that the work does not grow with the archive."""


@dataclass(frozen=True, slots=True)
class OneActor:
    """An actor's claims, the newest first; at least one.

    `speaker` is the newest under the name that most articles use, `asked` the name that finds the actor again.
    `namesakes` are others with a matching name. There may be `more` claims.
    """

    speaker: ClaimRecord
    asked: str | None
    claims: tuple[ClaimRecord, ...]
    namesakes: tuple[str, ...] = ()
    more: bool = False


async def claims_of_one(services: Services, query: ClaimQuery, limit: int = DRAWN_FROM) -> OneActor | None:
    """Return the newest claims of the actor of a query, or None if the server sees none by anybody of that name.

    If the name fits several actors, they are those of the one with the most claims among the newest `limit`.
    """
    search = services.store.claims.search
    found = await search(query, limit=limit)
    counts = Counter(claim.actor_id for claim in found.claims)
    if not counts:
        return None
    ((actor_id, _),) = counts.most_common(1)
    own = [claim for claim in found.claims if claim.actor_id == actor_id]
    # one article may have used the surname alone
    ((name, _),) = Counter(claim.actor for claim in own).most_common(1)
    speaker, asked = replace(own[0], actor=name), query.actor
    namesakes: list[str] = []
    if len(counts) > 1:
        namesakes = [claim.actor for claim in found.claims if claim.actor_id != actor_id and claim.actor]
        asked = name
        found = await search(replace(query, actor=name), limit=limit)
    return OneActor(
        speaker,
        asked,
        tuple(claim for claim in found.claims if claim.actor_id == actor_id),
        tuple(dict.fromkeys(namesakes)),
        more=found.more or found.total > len(found.claims),
    )
