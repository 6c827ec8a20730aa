"""Who said what about a topic, actor by actor."""

from collections.abc import Sequence
from dataclasses import replace

from bot.delivery.topics import ACTORS_A_PAGE, CLAIMS_AN_ACTOR, actor_pages_of
from bot.errors import BadInput
from bot.languages.translations import _
from bot.model.claims import ClaimRecord
from bot.model.queries import ClaimQuery, Form, Sort, Voice, VoicePage
from bot.services.claims import SORTED, claim_query
from bot.services.engine import Services
from bot.services.relevance import most_relevant
from bot.services.reports import with_disputes
from bot.text.folding import words_of


async def topic_query(
    services: Services,
    guild_id: int | None,
    topic: str,
    *,
    since: str | None = None,
    until: str | None = None,
    outlet: str | None = None,
    sort: Sort = Sort.NEWEST,
    locale: str = "",
) -> ClaimQuery:
    """Return the query, grouped by actor, for what a user typed; see `claim_query`. Raises BadInput."""
    if not words_of(topic):
        raise BadInput(_("There is no word in this topic that could be looked for. Write one or more words."))
    query = await claim_query(
        services, guild_id, topic=topic, since=since, until=until, outlet=outlet, sort=sort, locale=locale
    )
    return replace(query, form=Form.ACTORS)


async def voice_page(services: Services, query: ClaimQuery, number: int = 0) -> tuple[VoicePage, int]:
    """Return page `number` (from 0) of those who spoke on a topic, or the last one, and the number of that page.

    The newest hundred claims are grouped, so the work does not grow with the archive.
    """
    found = await services.store.claims.search(query, limit=SORTED)
    claims: Sequence[ClaimRecord] = found.claims
    if query.sort is Sort.RELEVANT:
        claims = most_relevant(claims, query.topic or "")
    voices = voices_of(claims)
    number = min(number, actor_pages_of(len(voices)) - 1)
    shown = voices[number * ACTORS_A_PAGE : (number + 1) * ACTORS_A_PAGE]
    more = found.more or found.total > len(claims)
    return VoicePage(tuple(shown), len(voices), len(claims), more), number


async def disputes_in_voices(services: Services, guild_id: int, page: VoicePage) -> VoicePage:
    """Return the page with claims marked that readers of this server dispute."""
    claims = [claim for voice in page.voices for claim in voice.claims]
    marked = {claim.id: claim for claim in await with_disputes(services, guild_id, claims)}
    voices = (replace(one, claims=tuple(marked[claim.id] for claim in one.claims)) for one in page.voices)
    return replace(page, voices=tuple(voices))


def voices_of(claims: Sequence[ClaimRecord]) -> list[Voice]:
    """Return claims by actor, in the order of the first claim of each; unknown speakers come last.

    Of each actor, the first `CLAIMS_AN_ACTOR` claims are shown, repeated words only once.
    """
    by_actor: dict[int | None, list[ClaimRecord]] = {}
    for claim in claims:
        by_actor.setdefault(claim.actor_id, []).append(claim)
    unknown = by_actor.pop(None, [])
    return [_voice(some) for some in (*by_actor.values(), unknown) if some]


def _voice(claims: Sequence[ClaimRecord]) -> Voice:
    apart = {tuple(words_of(claim.content_text)): claim for claim in reversed(claims)}
    different = [claim for claim in claims if apart[tuple(words_of(claim.content_text))] is claim]
    return Voice(tuple(different[:CLAIMS_AN_ACTOR]), max(0, len(different) - CLAIMS_AN_ACTOR))
