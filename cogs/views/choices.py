"""The choice between the feeds found at an address."""

import re
from collections.abc import Sequence
from typing import Any, Self
from urllib.parse import urlsplit

import discord
from discord.utils import format_dt

from bot.delivery.escape import cleaned, escaped, link
from bot.languages.formats import shown_number
from bot.languages.translations import N_, _, ngettext, pgettext
from bot.model.feeds import Candidate, Feed, title_of
from bot.services import feed_choices
from bot.services.feed_choices import OFFERED, Added, facts_of
from bot.text.clipping import clip
from cogs.answering import COLOUR, Interaction, failures_told, guild_id_of

WHAT_NEXT = N_("Ask `/said` who said what, or let `/digest subscribe` post the news.")
_LISTED = 10
"""How many candidates are described above the select. The select itself has them all."""


def choice(candidates: Sequence[Candidate], offer_id: int) -> tuple[discord.Embed, discord.ui.View]:
    """Return the question which of `candidates` to add. They are stored as an offer."""
    offered = candidates[:OFFERED]
    lines = [_line(number, candidate) for number, candidate in enumerate(offered[:_LISTED], 1)]
    if len(candidates) > OFFERED:
        lines.append(
            _(
                "These are the first {shown} of {count}.",
                shown=shown_number(OFFERED),
                count=shown_number(len(candidates)),
            )
        )
    embed = discord.Embed(
        title=ngettext(
            "{count} feed found. Do you want it?", "{count} feeds found. Which do you want?", len(candidates)
        ),
        description="\n".join(lines),
        colour=COLOUR,
    )
    view = discord.ui.View(timeout=None)
    view.add_item(FeedChoice(offer_id, offered))
    return embed, view


def added_embed(feed: Feed) -> discord.Embed:
    """Return the answer about a feed that was added."""
    title = link(clip(title_of(feed), 200), feed.url)
    described = f"**{title}**\n{clip(escaped(feed.url), 300)}"
    embed = discord.Embed(title=_("Feed added"), description=described, colour=COLOUR)
    embed.add_field(name=_("What comes next"), value=_("It is being read now.") + f" {_(WHAT_NEXT)}")
    return embed


def chosen_embed(added: Sequence[Added]) -> discord.Embed:
    """Return the results for the feeds that were chosen."""
    good = sum(one.problem is None for one in added)
    several = ngettext("{count} feed added", "{count} feeds added", good)
    title = {0: _("No feed added"), 1: _("Feed added")}.get(good, several)
    embed = discord.Embed(title=title, description="\n".join(map(_result, added)), colour=COLOUR)
    if good:
        now = _("It is being read now.") if good == 1 else _("They are being read now.")
        embed.add_field(name=_("What comes next"), value=f"{now} {_(WHAT_NEXT)}")
    return embed


def _line(number: int, candidate: Candidate) -> str:
    title = link(clip(_title(candidate), 60), candidate.url, longest_url=150)
    facts = [clip(escaped(facts_of(candidate)), 60)]
    if candidate.last_entry_at is not None:
        facts.append(_("last entry {time}", time=format_dt(candidate.last_entry_at, "R")))
    return " · ".join([f"**{number}.** {title}", *filter(None, facts)])


def _result(one: Added) -> str:
    """Return one line of a list of up to 25."""
    told = _("added") if one.problem is None else clip(escaped(one.problem), 80)
    return f"{'✅' if one.problem is None else '❌'} {clip(escaped(_title(one.candidate)), 60)}: {told}"


def _title(candidate: Candidate) -> str:
    try:
        return candidate.title.strip() or urlsplit(candidate.url).hostname or candidate.url
    except ValueError:
        return candidate.url


class FeedChoice(discord.ui.DynamicItem[discord.ui.Select[Any]], template=r"hearsay:found:(?P<offer>\d{1,18})"):
    """Adds the chosen feeds. Works after a restart, for as long as the offer is stored."""

    def __init__(self, offer_id: int, candidates: Sequence[Candidate] = ()) -> None:
        """Take the id of the stored offer, and the candidates if the choice is to be shown."""
        options = [
            discord.SelectOption(
                label=clip(cleaned(_title(candidate)), 100)
                or pgettext("option", "Feed {number}", number=place + 1),
                value=str(place),
                description=clip(cleaned(f"{facts_of(candidate)} {candidate.url}"), 100),
            )
            for place, candidate in enumerate(candidates)
        ]
        super().__init__(
            discord.ui.Select(
                custom_id=f"hearsay:found:{offer_id}",
                placeholder=pgettext("placeholder", "Choose one feed or more"),
                max_values=max(1, len(options)),
                options=options,
            )
        )
        self.offer_id = offer_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the choice that was made."""
        return cls(int(match["offer"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Add the chosen feeds, and replace the choice with the results."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer()
        services = interaction.client.services
        candidates = await feed_choices.offered(services, guild_id, self.offer_id)
        wanted = [candidates[int(n)] for n in self.item.values if n.isdecimal() and int(n) < len(candidates)]
        added = await feed_choices.add_chosen(services, guild_id, interaction.user.id, wanted)
        await interaction.edit_original_response(embed=chosen_embed(added), view=None)
