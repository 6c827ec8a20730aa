"""The panel of `/setup`: one message that leads from an empty server to its first digest."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Self

import discord

from bot.delivery.escape import cleaned, escaped
from bot.delivery.permissions import missing
from bot.errors import BadInput
from bot.languages.formats import listed
from bot.languages.known_languages import LANGUAGES, Language, tag_of
from bot.languages.translations import NP_, _, ngettext, pgettext
from bot.services import setup
from bot.services.catalogue import Group
from bot.services.digest_wishes import plan_in_words
from bot.services.server_settings import choose_language, language_of_server
from bot.services.setup import Choices, FeedsAdded, Progress, When
from bot.text.clipping import clip
from bot.text.time_zones import COMMON_ZONES, shown_zone, time_there
from cogs.answering import COLOUR, Interaction, failures_told, managed_guild_of, zone_shown_with_time
from cogs.views.digests import show_sample

_ID = r"(?P<id>\d{1,18})"
GROUPS, CHANNEL, ZONE, WHEN, LANGUAGE = "groups", "channel", "zone", "when", "language"
READ, PREVIEW, START = "read", "preview", "start"
_STEPS = {
    READ: NP_("button", "Add these feeds and read them"),
    PREVIEW: NP_("button", "Preview the first digest"),
    START: NP_("button", "Start"),
}


def choices_panel(
    interaction: Interaction, setup_id: int, choices: Choices, groups: Sequence[Group]
) -> tuple[discord.Embed, discord.ui.View]:
    """Return the first page: the choices so far, what is missing, and the controls to change it."""
    names = [group.name for group in groups if group.name in choices.groups]
    count = sum(len(group.feeds) for group in groups if group.name in choices.groups)
    chosen = listed(pgettext("option", name) for name in names)
    there = time_there(choices.timezone, interaction.client.services.clock())
    lines = [
        ngettext(
            "**News:** {groups} ({count} feed, in English)",
            "**News:** {groups} ({count} feeds, in English)",
            count,
            groups=chosen,
        )
        if names
        else _("**News:** choose at least one group"),
        _("**Where:** {channel}", channel=f"<#{choices.channel_id}>"),
        _(
            "**When:** {when}, {zone}, where it is {time} now",
            when=pgettext("option", choices.when.value),
            zone=shown_zone(choices.timezone),
            time=there,
        ),
    ]
    if problem := lacking_in(interaction, choices.channel_id):
        lines.append(f"⚠️ {problem}")
    embed = discord.Embed(
        title=_("Set up Hearsay: {step} of {steps}", step=1, steps=2), description="\n".join(lines), colour=COLOUR
    )
    view = discord.ui.View(timeout=None)
    view.add_item(SetupSelect(setup_id, GROUPS, _group_options(groups, choices), most=len(groups)))
    view.add_item(SetupChannel(setup_id))
    view.add_item(SetupSelect(setup_id, WHEN, [_option(when, when is choices.when) for when in When]))
    view.add_item(SetupSelect(setup_id, ZONE, _zone_options(choices, interaction)))
    view.add_item(SetupStep(setup_id, READ, disabled=not names))
    return embed, view


def reading_panel(
    setup_id: int, choices: Choices, added: FeedsAdded | None, progress: Progress, language: Language
) -> tuple[discord.Embed, discord.ui.View]:
    """Return the second page: what was added, how far reading has got, and the next step."""
    lines = []
    if added is not None:
        if added.added or not added.known:
            lines.append(ngettext("Added {count} feed.", "Added {count} feeds.", added.added))
        if added.known:
            lines.append(
                ngettext(
                    "This server had {count} feed of these already.",
                    "This server had {count} feeds of these already.",
                    added.known,
                )
            )
        lines += [
            f"❌ {clip(escaped(title), 60)}: {clip(escaped(problem), 120)}" for title, problem in added.refused[:5]
        ]
    found = ngettext("{count} claim", "{count} claims", progress.claims)
    lines.append(
        _(
            "Read {polled} of {feeds} so far, and found {claims}.",
            polled=progress.polled,
            feeds=ngettext("{count} feed", "{count} feeds", progress.feeds),
            claims=_("more than {claims}", claims=found) if progress.more else found,
        )
    )
    lines.append(
        _(
            "A digest will come to <#{channel_id}>, {when}. Look at it first, or start at once.",
            when=pgettext("option", choices.when.value),
            channel_id=choices.channel_id,
        )
        if progress.claims
        else _("Reading takes a minute or two. Press **Preview** then; reading goes on by itself.")
    )
    text = "\n".join(line for line in lines if line)
    embed = discord.Embed(
        title=_("Set up Hearsay: {step} of {steps}", step=2, steps=2), description=text, colour=COLOUR
    )
    view = discord.ui.View(timeout=None)
    view.add_item(SetupSelect(setup_id, LANGUAGE, _language_options(language)))
    view.add_item(SetupStep(setup_id, PREVIEW))
    view.add_item(SetupStep(setup_id, START))
    return embed, view


def lacking_in(interaction: Interaction, channel_id: int) -> str | None:
    """Return which permissions Hearsay lacks in a channel and where to grant them, or None if it has all."""
    guild = interaction.guild
    channel = guild.get_channel_or_thread(channel_id) if guild else None
    if guild is None or guild.me is None or channel is None:
        return _(
            "Hearsay cannot see <#{channel_id}>. Choose another channel, or let it in there.",
            channel_id=channel_id,
        )
    names = missing(channel.permissions_for(guild.me), channel)
    if not names:
        return None
    return _(
        "In <#{channel_id}>, Hearsay lacks {names}. Grant that under Edit Channel, "
        "Permissions, or choose another channel.",
        channel_id=channel_id,
        names=listed(names),
    )


def _group_options(groups: Sequence[Group], choices: Choices) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=clip(pgettext("option", group.name), 100),
            value=group.name[:100],
            description=clip(cleaned(", ".join(feed.title for feed in group.feeds)), 100),
            default=group.name in choices.groups,
        )
        for group in groups
    ]


def _zone_options(choices: Choices, interaction: Interaction) -> list[discord.SelectOption]:
    now = interaction.client.services.clock()
    zones = list(dict.fromkeys((choices.timezone, *COMMON_ZONES)))[:25]
    return [
        discord.SelectOption(
            label=zone_shown_with_time(shown_zone(zone), time_there(zone, now)),
            value=zone,
            default=zone == choices.timezone,
        )
        for zone in zones
    ]


def _language_options(chosen: Language) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(label=one.own_name, value=tag_of(one), default=one.code == chosen.code)
        for one in LANGUAGES
    ]


def _option(value: str, chosen: bool) -> discord.SelectOption:
    label = pgettext("option", value)
    return discord.SelectOption(label=label[:1].upper() + label[1:], value=value, default=chosen)


async def open_panel(interaction: Interaction) -> None:
    """Answer privately with a new setup."""
    guild_id = managed_guild_of(interaction, _("set Hearsay up"))
    await interaction.response.defer(ephemeral=True, thinking=True)
    services = interaction.client.services
    here = interaction.channel_id or 0
    setup_id, choices = await setup.begin(services, guild_id, here, str(interaction.guild_locale or ""))
    embed, view = choices_panel(interaction, setup_id, choices, setup.groups_of(services))
    await interaction.edit_original_response(embed=embed, view=view)


class SetupSelect(
    discord.ui.DynamicItem[discord.ui.Select[Any]],
    template=rf"hearsay:setup:(?P<what>{GROUPS}|{ZONE}|{WHEN}|{LANGUAGE}):{_ID}",
):
    """Chooses the groups of feeds, the time zone, or how often."""

    _ASKED = {  # noqa: RUF012
        GROUPS: NP_("placeholder", "Which news? Choose one group or more"),
        ZONE: NP_("placeholder", "Time zone"),
        WHEN: NP_("placeholder", "How often?"),
        LANGUAGE: NP_("placeholder", "Language of the digests"),
    }

    def __init__(
        self, setup_id: int, what: str, options: Sequence[discord.SelectOption] = (), *, most: int = 1
    ) -> None:
        """Take the number of the setup, the choices so far, and the options if the select is to be shown."""
        super().__init__(
            discord.ui.Select(
                custom_id=f"hearsay:setup:{what}:{setup_id}",
                placeholder=pgettext("placeholder", self._ASKED[what]),
                options=list(options),
                max_values=max(1, most),
            )
        )
        self.setup_id = setup_id
        self.what = what

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the choice that was made."""
        return cls(int(match["id"]), match["what"])

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Store the choice and show the panel with it."""
        values = tuple(self.item.values)
        if self.what == GROUPS:
            await _change(interaction, self.setup_id, groups=values)
        elif self.what == ZONE:
            await _change(interaction, self.setup_id, timezone=values[0])
        elif self.what == LANGUAGE:
            await _speak_to_server(interaction, self.setup_id, values[0])
        else:
            await _change(interaction, self.setup_id, when=When(values[0]))


class SetupChannel(
    discord.ui.DynamicItem[discord.ui.ChannelSelect[Any]], template=rf"hearsay:setup:{CHANNEL}:{_ID}"
):
    """Chooses the channel."""

    def __init__(self, setup_id: int) -> None:
        """Take the number of the setup."""
        super().__init__(
            discord.ui.ChannelSelect(
                custom_id=f"hearsay:setup:{CHANNEL}:{setup_id}",
                placeholder=pgettext("placeholder", "Where? Without a choice: this channel"),
                channel_types=[discord.ChannelType.text, discord.ChannelType.news],
            )
        )
        self.setup_id = setup_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the choice that was made."""
        return cls(int(match["id"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Store the choice and show the panel with it."""
        await _change(interaction, self.setup_id, channel_id=self.item.values[0].id)


async def _speak_to_server(interaction: Interaction, setup_id: int, tag: str) -> None:
    """Set the language of the server, and show the second page with it."""
    guild_id = managed_guild_of(interaction, _("set Hearsay up"))
    await interaction.response.defer()
    services = interaction.client.services
    choices = await setup.choices_of(services, guild_id, setup_id)
    language = await choose_language(services, guild_id, tag)
    progress = await setup.progress_of(services, guild_id)
    embed, view = reading_panel(setup_id, choices, None, progress, language)
    await interaction.edit_original_response(embed=embed, view=view)


async def _change(interaction: Interaction, setup_id: int, **changes: Any) -> None:
    guild_id = managed_guild_of(interaction, _("set Hearsay up"))
    await interaction.response.defer()
    services = interaction.client.services
    choices = replace(await setup.choices_of(services, guild_id, setup_id), **changes)
    await setup.choose(services, guild_id, setup_id, choices)
    embed, view = choices_panel(interaction, setup_id, choices, setup.groups_of(services))
    await interaction.edit_original_response(embed=embed, view=view)


class SetupStep(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=rf"hearsay:setup:(?P<step>{READ}|{PREVIEW}|{START}):{_ID}",
):
    """Continues: adds the feeds, shows the preview, or starts."""

    def __init__(self, setup_id: int, step: str, *, disabled: bool = False) -> None:
        """Take the number of the setup, and what to do."""
        super().__init__(
            discord.ui.Button(
                label=pgettext("button", _STEPS[step]),
                custom_id=f"hearsay:setup:{step}:{setup_id}",
                style=discord.ButtonStyle.secondary if step == START else discord.ButtonStyle.primary,
                disabled=disabled,
            )
        )
        self.setup_id = setup_id
        self.step = step

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["id"]), match["step"])

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Do the step, and show the result."""
        guild_id = managed_guild_of(interaction, _("set Hearsay up"))
        await interaction.response.defer()
        choices = await setup.choices_of(interaction.client.services, guild_id, self.setup_id)
        step = {READ: self._read, PREVIEW: self._preview, START: self._start}[self.step]
        await step(interaction, guild_id, choices)

    async def _read(self, interaction: Interaction, guild_id: int, choices: Choices) -> None:
        if problem := lacking_in(interaction, choices.channel_id):
            raise BadInput(problem)
        services = interaction.client.services
        added = await setup.add_groups(services, guild_id, interaction.user.id, choices)
        progress = await setup.progress_of(services, guild_id)
        embed, view = reading_panel(
            self.setup_id, choices, added, progress, await language_of_server(services.store, guild_id)
        )
        await interaction.edit_original_response(embed=embed, view=view)

    async def _preview(self, interaction: Interaction, guild_id: int, choices: Choices) -> None:
        services = interaction.client.services
        digest = await setup.preview_of(services, guild_id, choices)
        embed, view = reading_panel(
            self.setup_id,
            choices,
            None,
            await setup.progress_of(services, guild_id),
            await language_of_server(services.store, guild_id),
        )
        await interaction.edit_original_response(embed=embed, view=view)
        if digest:
            await show_sample(interaction, digest)

    async def _start(self, interaction: Interaction, guild_id: int, choices: Choices) -> None:
        if problem := lacking_in(interaction, choices.channel_id):
            raise BadInput(problem)
        made, posted = await setup.start(interaction.client.services, guild_id, interaction.user.id, choices)
        first = (
            _("The first one is on its way.")
            if posted
            else _(
                "The first one comes {next_at}, if there is news by then.",
                next_at=discord.utils.format_dt(made.next_at, "R"),
            )
        )
        embed = discord.Embed(
            title=_("Hearsay is set up"),
            description=_(
                "<#{channel_id}> gets a digest {plan}. {first}\nChange it with `/digest edit`, its "
                "feeds with `/feed`, the rest with `/settings`. Members can ask `/said`.",
                channel_id=made.plan.channel_id,
                plan=plan_in_words(made.plan),
                first=first,
            ),
            colour=COLOUR,
        )
        await interaction.edit_original_response(embed=embed, view=None)
