"""Suggestions for days and periods, each shown as understood."""

from bot.errors import BadInput
from bot.languages.translations import pgettext
from bot.services.server_settings import timezone_of
from bot.services.typed_periods import SINCE_WORDS, period_meant, shown_period
from cogs.answering import Interaction, guild_id_of


async def period_suggestions(interaction: Interaction, current: str) -> list[tuple[str, str]]:
    """Return what was typed, as understood, and usual periods that contain it, each with its days."""
    typed = " ".join(current.split())
    services = interaction.client.services
    timezone = await timezone_of(services, guild_id_of(interaction))
    now, locale = services.clock(), str(interaction.locale)
    starting = [words for words in SINCE_WORDS if typed.casefold() in pgettext("option", words).casefold()]
    offered = [*([typed] if typed and typed.casefold() not in starting else []), *starting]
    shown = []
    for words in offered:
        try:
            period = period_meant(words, now, timezone, locale)
        except BadInput:
            continue
        shown.append((f"{pgettext('option', words)}: {shown_period(period, timezone)}", words))
    return shown
