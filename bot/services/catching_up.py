"""What a reader has missed since a given time: the most important stories, as a digest of their own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import BadInput
from bot.languages.translations import _
from bot.model.digests import Digest, Plan, Selection
from bot.services.digests import digest_of
from bot.services.engine import Services
from bot.services.server_settings import confidence_of, timezone_of
from bot.services.typed_periods import moment_since

FARTHEST = timedelta(days=31)
"""How far back one can catch up: one message cannot hold more than a month."""
NOWHERE = 0
"""The channel of a digest that is not posted anywhere."""


@dataclass(frozen=True, slots=True)
class Missed:
    """What was missed since a time. `digest` is None if there is nothing."""

    since: datetime
    timezone: str
    digest: Digest | None


async def missed_since(services: Services, guild_id: int, typed: str, locale: str = "") -> Missed:
    """Return the most important stories of a server since "Monday" or "3 days". Nothing counts as shown.

    Raises BadInput if the time is not understood, in the future, or too long ago.
    """
    now = services.clock()
    timezone = await timezone_of(services, guild_id)
    since = moment_since(typed, now, timezone, locale)
    if now - since > FARTHEST:
        raise BadInput(
            _("You can catch up on at most {days} days. For what is older, ask `/said`.", days=FARTHEST.days)
        )
    selection = Selection(guild_id, await confidence_of(services, guild_id))
    plan = Plan(NOWHERE, timezone=timezone)
    composition = await digest_of(services.store, plan, selection, now, since=since)
    return Missed(since, timezone, composition.digest)
