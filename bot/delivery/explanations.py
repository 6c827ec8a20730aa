"""How explanations are shown: the steps of a check, and why an article was or was not posted."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from discord.utils import format_dt

from bot.delivery.escape import cleaned, escaped, link
from bot.delivery.message_parts import ACCENT
from bot.digests.causes import Cause, Explanation
from bot.languages.translations import N_, _, retold
from bot.model.feed_checks import CheckStep
from bot.text.clipping import clip
from bot.text.language import language_name

if TYPE_CHECKING:
    from bot.digests.causes import Why
    from bot.model.feed_checks import FeedCheck

_MESSAGE = "https://discord.com/channels/{guild}/{channel}/{message}"


_SENTENCES = {
    Cause.POSTED: N_("It was posted in {channel}{posted}."),
    Cause.SAME_STORY: N_("It belongs to the same story as {other}, which was posted in {channel}{posted}."),
    Cause.ON_ITS_WAY: N_("It is on its way to {channel}.{trouble}"),
    Cause.NOT_DELIVERED: N_("It should have been posted in {channel}, but that failed: {reason}"),
    Cause.LEFT_OUT: N_("It is known, but was left out. {reason}"),
    Cause.BEING_READ: N_("It has just arrived and has not been read yet. Ask again in a minute."),
    Cause.READ_LATER: N_("Its page could not be read yet: {reason} Next try{soon}."),
    Cause.NOT_READ: N_("Its page could not be read: {reason}"),
    Cause.BEING_ANALYSED: N_("It has been read, and its claims are being extracted. Ask again in a minute."),
    Cause.NOT_ANALYSED: N_("It was read, but its claims could not be extracted: {reason}"),
    Cause.LANGUAGE: N_("It is in {language}, and Hearsay finds claims in English only."),
    Cause.NO_DIGEST: N_("No digest of this server goes to a channel that you can see. `/said` finds its claims."),
    Cause.WAITING: N_("It is waiting for the next digest in {channel}, at {clock}{soon}."),
    Cause.PAUSED: N_("The digest in {channel} is paused: {reason}"),
    Cause.TOO_OLD: N_("It arrived{soon}, and the digest in {channel} does not look back that far."),
    Cause.NOT_SURE: N_(
        "None of its claims can be shown: they are below the confidence that the digest in "
        "{channel} requires, or tell what nobody said. `/said` with a lower `confidence` shows them."
    ),
    Cause.NO_CLAIMS: N_("As far as Hearsay can tell, it does not report what anybody said."),
    Cause.FILTERED: N_("The filter of the digest in {channel} keeps it out: {reason}"),
    Cause.OTHER_FEEDS: N_("The digest in {channel} shows other feeds only."),
    Cause.FEED_FAILING: N_(
        "The feed {feed} of this site has failed{since}: {reason} It is retried automatically."
    ),
    Cause.FEED_DISABLED: N_("The feed {feed} of this site is no longer read. It has failed{since}: {reason}"),
    Cause.NOT_IN_FEED: N_("The feed {feed} of this site has not listed it. It will be polled again{soon}."),
    Cause.NO_FEED: N_(
        "No feed of this server has listed it, and none belongs to its site. `/feed add` "
        "with the address of the site looks for a feed."
    ),
}


def check_embed(check: "FeedCheck", title: str) -> dict[str, Any]:
    """Return the embed that explains the check of a feed, step by step."""
    steps = [
        f"{'✅' if step.passed else '❌'} **{_(step.name)}**: "
        f"{clip(escaped(retold(step.told)), 320)}{_at(step.at)}"
        for step in check.steps
    ]
    works = check.trial.feed is not None
    shown = clip(escaped(title), 200).strip() or _("This address")
    verdict = _("{feed} works", feed=shown) if works else _("{feed} does not work", feed=shown)
    return {
        "title": clip(verdict, 250),
        "description": clip("\n".join(steps), 4_000),
        "color": ACCENT,
    }


def check_lines(steps: tuple[CheckStep, ...]) -> list[str]:
    """Return the steps of a check as lines for a terminal."""
    return [
        f"{'✓' if step.passed else '✗'} {step.name}: {cleaned(step.told)}"
        + (f" {step.at:%Y-%m-%d %H:%M} UTC" if step.at else "")
        for step in steps
    ]


def why_embed(why: "Why", guild_id: int) -> dict[str, Any]:
    """Return the embed that says why an article was or was not posted."""
    heading = link(clip(why.title or why.url, 200), why.url, longest_url=1_000)
    return {
        "title": _("Why this article?"),
        "description": f"**{heading}**\n{clip(why_sentence(why.explanation, guild_id), 3_000)}",
        "color": ACCENT,
    }


def why_sentence(explanation: Explanation, guild_id: int) -> str:
    """Return the cause in a sentence or two, with mentions and links for Discord."""
    e = explanation
    seen = ""
    if e.message_id is not None and e.channel_id is not None:
        address = _MESSAGE.format(guild=guild_id, channel=e.channel_id, message=e.message_id)
        seen = " · [" + _("Jump to it") + f"]({address})"
    reason = clip(escaped(retold(e.reason) if e.reason else _("The reason is not known.")), 500)
    return _(
        _SENTENCES[e.cause],
        channel=f"<#{e.channel_id}>",
        posted=(_(" on {day}", day=format_dt(e.at, "f")) if e.at else "") + seen,
        reason=reason,
        language=language_name(e.reason) if e.reason else _("another language"),
        trouble=" " + _("The last try failed: {reason}", reason=reason) if e.reason else "",
        feed=f"**{clip(escaped(e.title or ''), 200)}**",
        other=link(clip(e.title or _("another article"), 200), e.url),
        clock=format_dt(e.at, "t") if e.at else _("soon"),
        soon=_at(e.at),
        since=_(" since {day}", day=format_dt(e.at, "D")) if e.at else "",
    )


def _at(moment: datetime | None) -> str:
    return f" {format_dt(moment, 'R')}" if moment else ""
