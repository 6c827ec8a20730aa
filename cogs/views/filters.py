"""The results of a filter for the latest articles, in pages."""

import re
from functools import partial
from typing import Any, Self

import discord

from bot.delivery.escape import escaped, link
from bot.languages.translations import _
from bot.services import filters
from bot.services.filters import FilterTrial, TriedArticle
from bot.text.clipping import clip
from cogs.answering import COLOUR, Interaction, failures_told, guild_id_of
from cogs.views.paging import page_of, turning, with_turning

ARTICLES_A_PAGE = 5


def trial_page(trial: FilterTrial, trial_id: int, number: int) -> tuple[discord.Embed, discord.ui.View | None]:
    """Return page `number` of a trial: which of the latest articles pass, and why or why not."""
    page = page_of(trial.articles, number, ARTICLES_A_PAGE)
    embed = discord.Embed(
        title=_(
            "{passing} of the last {count} articles would pass", passing=trial.passing, count=len(trial.articles)
        ),
        description="\n".join([clip(escaped(trial.filter), 500), "", *(_line(one) for one in page.items)]),
        colour=COLOUR,
    )
    return with_turning(embed, page, partial(FilterPageButton, trial_id))


def _line(article: TriedArticle) -> str:
    title = link(clip(article.title or article.url, 80), article.url, longest_url=200)
    reason = clip(escaped(article.reason), 160)
    told = _("Because {reason}.", reason=reason)
    if article.passes and not article.shown:
        told += " " + _("But it has no claim that is sure enough, so no digest shows it.")
    return f"{'✅' if article.passes else '❌'} {title} · {clip(escaped(article.outlet), 40)}\n\u2003{told}"


class FilterPageButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"hearsay:filter:(?P<trial>\d{1,18}):(?P<page>\d{1,4})",
):
    """Turns a trial of a filter to a page. Works after a restart."""

    def __init__(self, trial_id: int, page: int, label: str = "Next ▶") -> None:
        """Take the id of the stored trial, and the page to turn to, from 0."""
        super().__init__(turning(label, f"hearsay:filter:{trial_id}:{page}"))
        self.trial_id = trial_id
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["trial"]), int(match["page"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Replace the page. The filter is tried again on the articles that are now the latest."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer()
        services = interaction.client.services
        selection = await filters.known_trial(services, guild_id, self.trial_id)
        trial = await filters.tried_filter(services, selection)
        embed, view = trial_page(trial, self.trial_id, self.page)
        await interaction.edit_original_response(embed=embed, view=view)
