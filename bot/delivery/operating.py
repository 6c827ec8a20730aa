"""How Hearsay is doing, as messages: `/status` for everybody, `/admin` for the host."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.delivery.claims import timestamp
from bot.delivery.escape import escaped, link
from bot.delivery.message_parts import ACCENT, button_row, page_button
from bot.languages.formats import shown_number
from bot.languages.translations import N_, _, ngettext, pgettext, retold
from bot.model.feeds import Feed, FeedState, title_of
from bot.model.operating import HostStats, ServerStatus
from bot.text.clipping import clip

ANNOUNCE_ID = "hearsay:announce"
LATE = timedelta(minutes=30)
"""From this delay on, feeds count as late: polling thousands takes some minutes; more means that something is
wrong.
"""
MANY = 1_000
FEEDS_LISTED = 15


def status_message(
    status: ServerStatus, *, running_since: str, posts: bool, stores: bool = True
) -> dict[str, Any]:
    """Return how Hearsay is doing for a server.

    `posts` says that it is connected to Discord and may post, `stores` that its database can be written to.
    """
    lines = [verdict(status, posts=posts, stores=stores), ""]
    feeds = ngettext("{count} feed", "{count} feeds", status.feeds)
    failing = ngettext("{count} of them fails", "{count} of them fail", status.failing) if status.failing else ""
    lines.append(_("**Feeds:** {feeds}", feeds=", ".join(part for part in (feeds, failing) if part)))
    if status.last_read_at is not None:
        lines.append(_("**Last read:** {when}", when=timestamp(status.last_read_at, "R")))
    minutes = int(status.lag.total_seconds() // 60)
    lag = ngettext("{count} minute", "{count} minutes", minutes) if minutes else _("none")
    lines.append(_("**Behind:** {lag}", lag=lag))
    waiting = (
        _("more than {count}", count=shown_number(MANY)) if status.waiting > MANY else shown_number(status.waiting)
    )
    lines.append(_("**Waiting to be read or analysed:** {waiting}", waiting=waiting))
    if status.unposted:
        lines.append(_("**Waiting to be posted:** {count}", count=shown_number(status.unposted)))
    following = (
        timestamp(status.next_digest_at, "R") if status.next_digest_at is not None else _("none is planned")
    )
    lines.append(_("**Next digest here:** {when}", when=following))
    lines.append(_("**Running:** since {when}", when=running_since))
    embed = {"title": _("Status of Hearsay"), "description": "\n".join(lines), "color": ACCENT}
    return {"embeds": [embed], "components": []}


def verdict(status: ServerStatus, *, posts: bool, stores: bool = True) -> str:
    """Return a sentence that says whether everything works."""
    if not posts:
        return _("❌ Hearsay is starting, or has lost its connection: nothing can be posted right now.")
    if not stores:
        return _(
            "❌ Hearsay cannot store anything right now, so nothing new is read or posted. "
            "Whoever runs it finds the reason in its log."
        )
    if not status.feeds:
        return _("✅ Hearsay works. This server has no feeds yet: `/setup` changes that.")
    if status.lag > LATE:
        return _("⚠️ Hearsay works, but reads feeds late.")
    if status.failing == status.feeds:
        return _("⚠️ Hearsay works, but every feed of this server fails: `/feed health` says why.")
    return _("✅ Hearsay works.")


WAITING = (N_("entries to read"), N_("entries to read again"), N_("articles to analyse"))
"""Kinds of waiting work, in the order of the store."""


def stats_message(stats: HostStats) -> dict[str, Any]:
    """Return how Hearsay is doing as a whole."""
    states = ", ".join(f"{_(state.value)} {shown_number(stats.feeds.get(state, 0))}" for state in FeedState)
    counted = zip(WAITING, stats.waiting.values(), strict=True)
    waiting = ", ".join(f"{_(what)} {shown_number(count)}" for what, count in counted)
    minutes = int(stats.lag.total_seconds() // 60)
    lines = [
        _(
            "**Servers:** {count}, and {departed} that removed the bot",
            count=shown_number(stats.servers),
            departed=shown_number(stats.departed),
        ),
        _("**Feeds:** {states}", states=states),
        _("**Articles:** {count}", count=shown_number(stats.articles)),
        _("**Claims:** {count}", count=shown_number(stats.claims)),
        _("**Reports of wrong claims:** {count}", count=shown_number(stats.reports)),
        _("**Oldest overdue poll:** {minutes} min", minutes=shown_number(minutes)),
        _("**Waiting:** {waiting}", waiting=waiting),
        _("**Messages to post:** {count}", count=shown_number(stats.unposted)),
    ]
    embed = {"title": _("Hearsay in numbers"), "description": "\n".join(lines), "color": ACCENT}
    return {"embeds": [embed], "components": []}


def failing_message(feeds: Sequence[Feed]) -> dict[str, Any]:
    """Return the feeds that fail, the most urgent first."""
    lines = [_failing(feed) for feed in feeds[:FEEDS_LISTED]]
    if (more := len(feeds) - FEEDS_LISTED) > 0:
        lines.append(ngettext("… and {count} more feed", "… and {count} more feeds", more))
    text = "\n".join(lines) or _("Every feed works.")
    embed = {"title": _("Feeds that fail"), "description": clip(text, 4_000), "color": ACCENT}
    return {"embeds": [embed], "components": []}


def _failing(feed: Feed) -> str:
    since = f" · {timestamp(feed.failing_since, 'R')}" if feed.failing_since is not None else ""
    title = link(clip(title_of(feed), 80), feed.url, longest_url=120)
    error = clip(escaped(retold(feed.error or "")), 120) or "…"
    return f"`{feed.id}` {title} · {_(feed.state.value)}{since}\n-# {error}"


def announcement(text: str, nonce: str) -> dict[str, Any]:
    """Return an announcement by the host as a message. Its button contains the nonce."""
    embed = {
        "title": _("News about Hearsay"),
        "description": text,
        "color": ACCENT,
        "footer": {"text": _("From whoever runs this bot · /feed notices sets where this is posted")},
    }
    marker = page_button(pgettext("button", "Announcement"), f"hearsay:announced:{nonce}", disabled=True)
    return {"embeds": [embed], "components": button_row([marker])}


def announcement_question(text: str, offer: int, servers: int) -> dict[str, Any]:
    """Return the question whether to post an announcement, with a preview of it."""
    told = ngettext(
        "This goes to {count} server that chose a channel for notices, unless it had it before:",
        "This goes to {count} servers that chose a channel for notices, unless they had it before:",
        servers,
    )
    shown = announcement(text, "preview")
    button = page_button(
        pgettext("button", "Announce"), f"{ANNOUNCE_ID}:{offer}", primary=True, disabled=not servers
    )
    return {"content": told, "embeds": shown["embeds"], "components": button_row([button])}
