"""The controls for exporting an answer."""

import io
import re
from typing import Any, Self

import discord

from bot.delivery.exports import LABELS
from bot.languages.formats import shown_number
from bot.languages.translations import _, ngettext, pgettext
from bot.model.exports import Export, ExportFormat
from bot.model.queries import ClaimQuery, Form
from bot.services.claims import known_query
from bot.services.exporting import MOST, exported
from cogs.answering import Interaction, failures_told
from cogs.permissions import asking_guild_of
from cogs.turns import Dear, take_turn

_TRENDS = (ExportFormat.CSV, ExportFormat.JSON)
_WHOLE = frozenset({Form.MISSED, Form.CHECKED})
"""Answers that are exported whole, because they contain few claims."""


class ExportButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"hearsay:export:(?P<query>\d{1,18})(?::(?P<wanted>csv|json|bibtex|csl))?",
):
    """Asks for the format of the file, or sends it, to whoever presses it. Works after a restart."""

    def __init__(self, query_id: int, wanted: ExportFormat | None = None) -> None:
        """Take the stored query, and the format, if it is chosen."""
        label = LABELS[wanted] if wanted else pgettext("button", "Export")
        custom_id = f"hearsay:export:{query_id}" + (f":{wanted}" if wanted else "")
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id))
        self.query_id = query_id
        self.wanted = wanted

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        wanted = match["wanted"]
        return cls(int(match["query"]), ExportFormat(wanted) if wanted else None)

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Answer privately."""
        guild_id = await asking_guild_of(interaction)
        if self.wanted is not None:
            await take_turn(interaction, Dear.EXPORT)
        await interaction.response.defer(ephemeral=True, thinking=True)
        query = await known_query(interaction.client.services, guild_id, self.query_id)
        if self.wanted is not None:
            await send_export(interaction, query, self.wanted)
            return
        view = discord.ui.View(timeout=None)
        for wanted in _TRENDS if query.form is Form.TRENDS else ExportFormat:
            view.add_item(ExportButton(self.query_id, wanted))
        view.stop()
        told = _("This answer as a file:")
        if query.form in _WHOLE:
            told = _("This answer as a file. BibTeX and CSL-JSON cite the articles:")
        elif query.form is not Form.TRENDS:
            told = _(
                "This answer as a file, with at most the newest {most} claims. "
                "BibTeX and CSL-JSON cite the articles:",
                most=shown_number(MOST),
            )
        await interaction.edit_original_response(content=told, view=view)


async def send_export(interaction: Interaction, query: ClaimQuery, wanted: ExportFormat) -> None:
    """Fill the deferred, private answer with the file of an answer. Raises what `exported` raises."""
    made = await exported(interaction.client.services, query, wanted)
    await interaction.edit_original_response(
        content=in_words(made, wanted), attachments=[discord.File(io.BytesIO(made.content), made.name)]
    )


def in_words(made: Export, wanted: ExportFormat) -> str:
    """Return a sentence about a file: how much is in it, and whether there is more."""
    form = LABELS[wanted]
    if made.of == "trend":
        return ngettext("{count} trend as {format}.", "{count} trends as {format}.", made.number, format=form)
    if made.more:
        return ngettext(
            "The newest claim, of more than {count}, as {format}.",
            "The newest {count} claims, of more than that, as {format}.",
            made.number,
            format=form,
        )
    return ngettext("{count} claim as {format}.", "{count} claims as {format}.", made.number, format=form)
