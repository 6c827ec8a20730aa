"""Limits on how often one person may use expensive commands and buttons: searches, drawings, fetched pages."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from discord import app_commands
from discord.ext.commands import CooldownMapping

from bot.delivery.claims import timestamp
from bot.errors import AskedTooOften
from bot.languages.translations import ngettext
from cogs.answering import Interaction


class Dear(StrEnum):
    """Kinds of expensive uses, each counted together."""

    PLOT = "plot"
    """A fifth of a second of a processor, in one process."""
    EXPORT = "export"
    """Up to a thousand claims, and a file that Discord keeps."""
    SEARCH = "search"
    """Several searches, and claims that are compared with each other."""
    SITE = "site"
    """Requests to a site that a user names."""
    PAGE = "page"
    """Page turns: each page may have a plot."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many uses are allowed in how many seconds."""

    uses: int
    seconds: float


ALLOWED = {
    Dear.PLOT: Allowance(10, 60.0),
    Dear.EXPORT: Allowance(10, 60.0),
    Dear.SEARCH: Allowance(20, 60.0),
    Dear.SITE: Allowance(10, 60.0),
    Dear.PAGE: Allowance(60, 60.0),
}
"""More than anybody reads in a minute, and less than it takes for one person to keep a processor busy."""


async def take_turn(interaction: Interaction, dear: Dear) -> None:
    """Count an expensive use by this user. Raises AskedTooOften, which says when they get another turn."""
    allowed = ALLOWED[dear]
    known = interaction.client.turns
    if dear not in known:
        cooldown = app_commands.Cooldown(allowed.uses, allowed.seconds)
        known[dear] = CooldownMapping(cooldown, lambda one: one.user.id)
    seconds = known[dear].update_rate_limit(interaction, interaction.created_at.timestamp())
    if seconds:
        again = timestamp(interaction.created_at + timedelta(seconds=seconds + 1), "R")
        raise AskedTooOften(
            ngettext(
                "You have used this once in the last minute, which is all for now. Try again {when}.",
                "You have used this {count} times in the last minute, which is all for now. Try again {when}.",
                allowed.uses,
                when=again,
            )
        )
