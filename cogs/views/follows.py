"""Follow buttons, the confirmation with its buttons, the list of what is followed, and the controls of letters."""

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Self

import discord
from discord.utils import format_dt

from bot.delivery.answers import EVIDENCE_PLACEHOLDER
from bot.delivery.escape import cleaned, escaped
from bot.delivery.evidence import evidence_message
from bot.delivery.follow_buttons import FOLLOW_DIGEST_ID, FOLLOW_ID
from bot.delivery.letters import LETTER_ID, letter_evidence_message
from bot.errors import BadInput, NotFound
from bot.languages.formats import clock_time
from bot.languages.translations import _, ngettext, pgettext, retold
from bot.model.follows import Follow, FollowKind, FollowRhythm, Subject
from bot.services import follows
from bot.services.letters import evidence_in_letter
from bot.services.stories import told_message
from bot.text.clipping import clip
from bot.text.time_zones import shown_zone
from cogs.answering import COLOUR, Interaction, failures_told, guild_id_of
from cogs.permissions import asking_guild_of
from cogs.views.claims import number_chosen
from cogs.views.custom_ids import NonceInId, NothingInId
from cogs.views.paging import page_of, turning, with_turning
from cogs.views.payloads import sendable

FOLLOWS_A_PAGE = 8
DAILY, ONCE, REMOVE, UNDO = "daily", "once", "remove", "undo"
_CHOICE_ID = "hearsay:follow:chosen"


def open_direct_messages(interaction: Interaction) -> Callable[[], Awaitable[int]]:
    """Return a function that opens the direct messages with the user, and returns their channel."""

    async def opened() -> int:
        return (await interaction.user.create_dm()).id

    return opened


def managed_guild(interaction: Interaction) -> int | None:
    """Return the server if the user may manage it."""
    return interaction.guild_id if interaction.permissions.manage_guild else None


def kind_in_words(kind: FollowKind) -> str:
    """Return the kind of what is followed."""
    return {
        FollowKind.ACTOR: _("actor"),
        FollowKind.TOPIC: _("topic"),
        FollowKind.OUTLET: _("outlet"),
        FollowKind.STORY: _("story"),
    }[kind]


def reach_in_words(known: Follow) -> str:
    """Return where and when news about a follow is sent, as markup."""
    reach = known.reach
    if reach.rhythm is FollowRhythm.AT_ONCE:
        if reach.private:
            return _("at once, in direct messages")
        return _("at once, in {channel}", channel=f"<#{reach.channel_id}>")
    time, zone = clock_time(reach.at), shown_zone(reach.timezone)
    if reach.private:
        return _("in a daily letter at {time} ({zone}), in direct messages", time=time, zone=zone)
    return _("daily at {time} ({zone}), in {channel}", time=time, zone=zone, channel=f"<#{reach.channel_id}>")


def confirmation(known: Follow, now: datetime, *, removed: bool = False) -> tuple[str, discord.ui.View]:
    """Return the new follow in words, and the buttons that change it."""
    name = clip(escaped(known.subject.name), 200)
    kind = kind_in_words(known.subject.kind)
    view = discord.ui.View(timeout=None)
    if removed:
        view.add_item(FollowSetButton(known.id, UNDO))
        return _("**{name}** ({kind}) is not followed any more.", name=name, kind=kind), view
    state = state_in_words(known, now)
    sentence = _("**{name}** ({kind}) is followed: {reach}.", name=name, kind=kind, reach=reach_in_words(known))
    view.add_item(FollowSetButton(known.id, DAILY if known.reach.rhythm is FollowRhythm.AT_ONCE else ONCE))
    view.add_item(FollowSetButton(known.id, REMOVE))
    return "\n".join(part for part in (sentence, state) if part), view


def state_in_words(known: Follow, now: datetime) -> str:
    """Return that something is muted or paused; empty if it is neither."""
    if known.paused_reason is not None:
        reason = clip(escaped(retold(known.paused_reason)), 200)
        return _("Paused: {reason} `/following resume` goes on with it.", reason=reason)
    if known.muted_until is not None and known.muted_until > now:
        return _("Muted until {day}.", day=format_dt(known.muted_until, "f"))
    return ""


def following_page(
    known: Sequence[Follow], number: int, now: datetime
) -> tuple[discord.Embed, discord.ui.View | None]:
    """Return page `number` of what is followed: what, where and when, and why one is paused."""
    if not known:
        nothing = _("You follow nothing yet. Start with `/follow`, or with the Follow button of an answer.")
        return discord.Embed(description=nothing, colour=COLOUR), None
    page = page_of(known, number, FOLLOWS_A_PAGE)
    lines = []
    for one in page.items:
        mark = "⏸️ " if state_in_words(one, now) else ""
        name = clip(escaped(one.subject.name), 100)
        lines.append(f"{mark}**{name}** · {kind_in_words(one.subject.kind)} · {reach_in_words(one)}")
        if state := state_in_words(one, now):
            lines.append(f"\u2003{state}")
    title = ngettext("{count} thing followed", "{count} things followed", len(known))
    embed = discord.Embed(title=title, description="\n".join(lines), colour=COLOUR)
    return with_turning(embed, page, FollowingPageButton)


class FollowingPageButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"hearsay:followed:(?P<page>\d{1,4})"
):
    """Turns the list of what is followed to a page."""

    def __init__(self, page: int, label: str = "") -> None:
        """Take the page to turn to, from 0."""
        super().__init__(turning(label or pgettext("button", "Next ▶"), f"hearsay:followed:{page}"))
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["page"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Replace the page."""
        await interaction.response.defer()
        await show_following(interaction, self.page)


class FollowingButton(
    NothingInId, discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"hearsay:following:(?P<page>\d{1,4})"
):
    """Shows what somebody follows, from a letter."""

    def __init__(self) -> None:
        super().__init__(turning(pgettext("button", "What I follow"), "hearsay:following:0"))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Answer privately with the first page."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_following(interaction, 0)


async def show_following(interaction: Interaction, number: int) -> None:
    """Show page `number` of what the user follows as the answer."""
    services = interaction.client.services
    known = await follows.following_of(services, interaction.user.id, managed_guild(interaction))
    embed, view = following_page(known, number, services.clock())
    await interaction.edit_original_response(embed=embed, view=view)


class FollowButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"hearsay:follow:(?P<what>query|claim|article|story):(?P<id>\d{1,18})",
):
    """Follows the subject of an answer, the speaker of a claim, or a story. Works after a restart."""

    def __init__(self, what: str, number: int) -> None:
        """Take the kind of what is followed, and its number."""
        label = pgettext("button", "Follow")
        super().__init__(discord.ui.Button(label=label, custom_id=FOLLOW_ID.format(what=what, id=number)))
        self.what, self.number = what, number

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(match["what"], int(match["id"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Follow it in direct messages, and confirm it with the options to change it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await follow_chosen(interaction, self.what, self.number)


_SUBJECTS: dict[str, Callable[[Any, int, int], Awaitable[Subject]]] = {
    "query": follows.subject_of_query,
    "claim": follows.subject_of_claim,
    "article": follows.subject_of_article,
    "story": follows.story_subject,
}


async def follow_chosen(interaction: Interaction, what: str, number: int) -> None:
    """Make the user follow something in direct messages, with the defaults; answer with the confirmation.

    Raises BadInput for users who may not ask in the server, because letters are answers, too.
    """
    guild_id = await asking_guild_of(interaction)
    services = interaction.client.services
    subject = await _SUBJECTS[what](services, guild_id, number)
    wish = follows.FollowWish(open_direct_messages(interaction), language=str(interaction.locale))
    made = await follows.follow(services, guild_id, interaction.user.id, subject, wish)
    sentence, view = confirmation(made, services.clock())
    await interaction.edit_original_response(content=sentence, view=view)


class FollowSetButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=rf"hearsay:followset:(?P<id>\d{{1,18}}):(?P<to>{DAILY}|{ONCE}|{REMOVE}|{UNDO})",
):
    """Changes a follow: instant or daily news, removed or restored."""

    def __init__(self, follow_id: int, to: str) -> None:
        """Take the follow, and what to do with it."""
        label = {
            DAILY: pgettext("button", "In a daily letter"),
            ONCE: pgettext("button", "At once"),
            REMOVE: pgettext("button", "Stop following"),
            UNDO: pgettext("button", "Undo"),
        }[to]
        super().__init__(discord.ui.Button(label=label, custom_id=f"hearsay:followset:{follow_id}:{to}"))
        self.follow_id, self.to = follow_id, to

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["id"]), match["to"])

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Change it, and show its new state."""
        await interaction.response.defer()
        services = interaction.client.services
        known = await follows.own_follow(
            services,
            self.follow_id,
            interaction.user.id,
            managed_guild(interaction),
            removed=self.to in (REMOVE, UNDO),
        )
        if self.to == REMOVE:
            known = await follows.remove_follow(services, known)
        elif self.to == UNDO:
            known = await follows.restore_follow(services, known)
        else:
            rhythm = FollowRhythm.DAILY if self.to == DAILY else FollowRhythm.AT_ONCE
            known = await follows.change_rhythm(services, known, rhythm)
        sentence, view = confirmation(known, services.clock(), removed=self.to == REMOVE)
        await interaction.edit_original_response(content=sentence, view=view)


class FollowDigestButton(
    NonceInId[discord.ui.Button[Any]], template=r"hearsay:follow:digest:(?P<nonce>[\w-]{1,25})"
):
    """Offers to follow the stories and actors of a digest message. Works after a restart."""

    @staticmethod
    def made(nonce: str) -> discord.ui.Button[Any]:
        """Return the button."""
        label = pgettext("button", "Follow …")
        return discord.ui.Button(label=label, custom_id=FOLLOW_DIGEST_ID.format(nonce=nonce))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Answer privately with the choice."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        stories = await told_message(interaction.client.services, guild_id, self.nonce)
        options = [
            discord.SelectOption(
                label=clip(cleaned(story.lead.title), 100) or "…",
                value=f"article:{story.article_ids[0]}",
                description=_("story"),
            )
            for story in stories
            if story.article_ids
        ]
        actors = {
            merged.claim.actor: merged.claim.claim_id
            for story in reversed(stories)
            for merged in reversed(story.claims)
            if merged.claim.actor
        }
        options += [
            discord.SelectOption(
                label=clip(cleaned(name), 100) or "…", value=f"claim:{number}", description=_("actor")
            )
            for name, number in reversed(actors.items())
        ]
        view = discord.ui.View(timeout=None)
        view.add_item(FollowChoice(options[:25]))
        await interaction.edit_original_response(content=_("What do you want to follow?"), view=view)


class FollowChoice(NothingInId, discord.ui.DynamicItem[discord.ui.Select[Any]], template=_CHOICE_ID):
    """Follows the chosen story or actor of a digest."""

    def __init__(self, options: Sequence[discord.SelectOption] = ()) -> None:
        """Take the options if the choice is to be shown."""
        super().__init__(
            discord.ui.Select(
                custom_id=_CHOICE_ID,
                placeholder=pgettext("placeholder", "Choose a story or an actor"),
                options=list(options) or [discord.SelectOption(label="…", value="0")],
            )
        )

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Follow it, and replace the choice."""
        await interaction.response.defer()
        what, _colon, number = next(iter(self.item.values), "").partition(":")
        if what not in ("article", "claim") or not number.isdecimal() or len(number) > 18:
            raise BadInput(_("Choose a story or an actor from the list."))
        await follow_chosen(interaction, what, int(number))


class LetterEvidenceSelect(NonceInId[discord.ui.Select[Any]], template=r"hearsay:letter:(?P<nonce>[0-9a-f]{22})"):
    """Shows a claim of a letter in its context, in direct messages too. Works after a restart."""

    @staticmethod
    def made(nonce: str) -> discord.ui.Select[Any]:
        """Return the select."""
        custom_id = LETTER_ID.format(nonce=nonce)
        return discord.ui.Select(custom_id=custom_id, placeholder=pgettext("placeholder", EVIDENCE_PLACEHOLDER))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Answer with the evidence of the chosen claim."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        if interaction.channel_id is None:
            raise NotFound(_("This letter does not exist any more."))
        shown = await evidence_in_letter(
            interaction.client.services, self.nonce, interaction.channel_id, number_chosen(self.item)
        )
        message = letter_evidence_message if interaction.guild_id is None else evidence_message
        await interaction.edit_original_response(**sendable(message(shown)))
