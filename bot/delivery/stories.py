"""A story as a message: title, lead, sources, and its course by days."""

from typing import Any

from bot.delivery.answers import export_button
from bot.delivery.claims import outlet_link
from bot.delivery.digest_parts import origins_counted
from bot.delivery.escape import escaped, safe_url
from bot.delivery.follow_buttons import follow_button
from bot.delivery.message_parts import ACCENT, DESCRIPTION_LIMIT, TITLE_LIMIT, button_row
from bot.languages.formats import day_and_month
from bot.languages.translations import _, ngettext
from bot.model.story_told import DayOfStory, StoryTold
from bot.text.clipping import clip, length

_LINKED = 4
"""How many articles of a day are linked."""
_URL, _HEADLINE, _OUTLETS = 200, 150, 8


def story_message(story: StoryTold, query_id: int | None = None) -> dict[str, Any]:
    """Return the message that shows a story. If it has too many days for one message, the newest are shown.

    With the id of a stored query, its claims can be exported.
    """
    lead = clip(escaped(story.lead), 600)
    lines = [lead, f"**{sources_in_words(story.outlets, story.origins)}**: {_named(story.outlets)}"]
    if set(story.origins) != set(story.outlets):
        lines.append("-# " + _("Independent sources: {names}", names=_named(story.origins)))
    days: list[str] = []
    for day in reversed(story.days):
        line = _day(day)
        if sum(length(one) + 2 for one in (*lines, *days, line)) > DESCRIPTION_LIMIT - 100:
            days.append(
                "-# " + ngettext("{count} earlier day", "{count} earlier days", len(story.days) - len(days))
            )
            break
        days.append(line)
    embed: dict[str, Any] = {
        "title": clip(escaped(story.title), TITLE_LIMIT) or _("Untitled story"),
        "description": "\n\n".join([line for line in (*lines, *days) if line]),
        "color": ACCENT,
        "footer": {"text": _("Story {number}", number=story.story_id)},
    }
    if url := safe_url(story.url):
        embed["url"] = url
    export = [export_button(query_id)] if query_id else []
    return {"embeds": [embed], "components": button_row([follow_button("story", story.story_id), *export])}


def sources_in_words(outlets: tuple[str, ...], origins: tuple[str, ...]) -> str:
    """Return how many outlets report a story, and from how many independent sources: "4 outlets, 2 origins"."""
    words = ngettext("{count} outlet", "{count} outlets", len(outlets))
    return words if len(outlets) == 1 else f"{words}, {origins_counted(len(origins))}"


def _named(names: tuple[str, ...]) -> str:
    shown = ", ".join(clip(escaped(name), 60) for name in names[:_OUTLETS])
    if len(names) > _OUTLETS:
        return _("{items} and {count} more", items=shown, count=len(names) - _OUTLETS)
    return shown


def _day(day: DayOfStory) -> str:
    links = [outlet_link(a.printed[0].outlet, a.printed[0].url, _URL) for a in day.articles[:_LINKED]]
    more = f" +{len(day.articles) - _LINKED}" if len(day.articles) > _LINKED else ""
    return f"**{day_and_month(day.day)}** {clip(escaped(day.headline), _HEADLINE)}\n-# {', '.join(links)}{more}"
