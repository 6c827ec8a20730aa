"""Suggestions for days and periods, each shown as understood."""

from collections.abc import Sequence

from bot.errors import BadInput
from bot.languages.translations import pgettext
from bot.services.server_settings import timezone_of
from bot.services.typed_periods import SINCE_WORDS, period_meant, shown_period
from bot.text.period_meanings import Period
from cogs.answering import Interaction


async def period_suggestions(
    interaction: Interaction, current: str, *, usual: Sequence[str] = SINCE_WORDS, ahead: bool = False
) -> list[tuple[str, str]]:
    """Return what was typed, as understood, and usual periods that contain it, each with its days.

    They are in the past, or in the future if the user looks `ahead`.
    """
    typed = " ".join(current.split())
    services = interaction.client.services
    timezone = await timezone_of(services, interaction.guild_id)
    now, locale = services.clock(), str(interaction.locale)
    starting = [words for words in usual if typed.casefold() in pgettext("option", words).casefold()]
    found: dict[Period, tuple[str, str]] = {}
    for words in [*starting, typed]:
        try:
            period = period_meant(words, now, timezone, locale, ahead=ahead)
        except BadInput:
            continue
        shown = f"{pgettext('option', words) if words in usual else words}: {shown_period(period, timezone)}"
        found.setdefault(period, (shown, words))
    offered = list(found.values())
    return [*(one for one in offered if one[1] == typed), *(one for one in offered if one[1] != typed)]
