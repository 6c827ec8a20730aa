"""What a reader has missed since a given time: the most important stories, as a digest of their own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import BadInput
from bot.languages.translations import _
from bot.model.digests import Digest, Plan, Selection
from bot.services.digests import digest_of
from bot.services.engine import Services
from bot.services.server_settings import confidence_of, timezone_of
from bot.services.typed_periods import moment_since, period_meant, shown_period

FARTHEST = timedelta(days=31)
"""How far back one can catch up: one message cannot hold more than a month."""
NOWHERE = 0
"""The channel of a digest that is not posted anywhere."""


@dataclass(frozen=True, slots=True)
class Missed:
    """What was missed since a time, or in a `period` with two ends, shown as understood.

    `digest` is None if that is nothing.
    """

    since: datetime
    timezone: str
    digest: Digest | None
    period: str | None = None


async def missed_since(services: Services, guild_id: int, typed: str, locale: str = "") -> Missed:
    """Return the most important stories of a server since "Monday" or "3 days". Nothing counts as shown.

    Raises BadInput if the time is not understood, in the future, or too long ago.
    """
    now = services.clock()
    timezone = await timezone_of(services, guild_id)
    since = moment_since(typed, now, timezone, locale)
    meant = period_meant(typed, now, timezone, locale)
    until = meant.end - timedelta(microseconds=1) if meant.has_two_ends else None
    if now - since > FARTHEST:
        raise BadInput(
            _("You can catch up on at most {days} days. For what is older, ask `/said`.", days=FARTHEST.days)
        )
    selection = Selection(guild_id, await confidence_of(services, guild_id))
    plan = Plan(NOWHERE, timezone=timezone)
    composition = await digest_of(services.store, plan, selection, now, since=since, until=until)
    shown = shown_period(meant, timezone) if until is not None else None
    return Missed(since, timezone, composition.digest, shown)
