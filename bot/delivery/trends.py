"""What is said more often than usual as a message for Discord: a list, its plot, and the plot in words."""

from datetime import datetime, timedelta
from typing import Any

from bot.delivery.answers import answer_buttons
from bot.delivery.escape import cleaned, escaped
from bot.delivery.message_parts import ACCENT, DESCRIPTION_LIMIT
from bot.delivery.plots import ALT_LIMIT, TrendPlot, TrendRow, drawn_language
from bot.digests.schedule import zone_of
from bot.languages.formats import by_skeleton, day_and_month, shown_number
from bot.languages.spoken import speaking
from bot.languages.translations import N_, _, ngettext
from bot.model.trends import Subject, Trend, Trends
from bot.text.clipping import clip

ACTORS_SHOWN = 5
TOPICS_SHOWN = 5
_NAME = 100
_TITLES = {Subject.ACTOR: N_("Actors"), Subject.TOPIC: N_("Topics of headlines")}
_WEEK = 7


def trends_message(found: Trends, *, query_id: int, shared: bool = False) -> dict[str, Any]:
    """Return the message that lists trends. An answer that is not `shared` yet has a button for that."""
    spans = _("{now}, compared with {before}", now=_span(found.days), before=_span(found.past_days, past=True))
    if not found.enough:
        told = ngettext(
            "Hearsay has read too little here to know what is usual: {count} story with claims in {span}. "
            "Feeds count once they have been read for a while.",
            "Hearsay has read too little here to know what is usual: {count} stories with claims in {span}. "
            "Feeds count once they have been read for a while.",
            found.past_stories,
            span=_span(found.past_days, past=True),
        )
    elif not found.trends:
        told = _("Nothing is said more often than usual in {spans}.", spans=spans)
    else:
        told = _listed(found, spans)
    footer = _(
        "Among {now} stories with claims now and {before} before",
        now=shown_number(found.stories),
        before=shown_number(found.past_stories),
    )
    return {
        "embeds": [
            {
                "title": _("Said more often than usual"),
                "description": clip(told, DESCRIPTION_LIMIT),
                "color": ACCENT,
                "footer": {"text": footer},
            }
        ],
        "components": answer_buttons(query_id, 0, 1, shared=shared or not found.trends),
    }


def trends_plot(found: Trends, timezone: str) -> TrendPlot:
    """Return the plot of trends; its days are spans of 24 hours."""
    language = drawn_language()
    begin = found.until - timedelta(days=found.days + found.past_days)
    with speaking(language):
        rows = [
            TrendRow(number, cleaned(trend.name), trend.days, _("{times} times", times=_times(trend)))
            for number, trend in enumerate(found.trends, 1)
        ]
        zone = zone_of(timezone)
        first, last = (by_skeleton("MMMd", day.astimezone(zone).date()) for day in (begin, found.until))
    return TrendPlot(tuple(rows), found.days, first, last, language)


def trends_alt(found: Trends, timezone: str) -> str:
    """Return the contents of the plot in words, in at most `ALT_LIMIT` units."""
    begin = found.until - timedelta(days=found.days + found.past_days)
    told = [
        ngettext(
            "Stories by day, {first} to {last}, the last {count} as now.",
            "Stories by day, {first} to {last}, the last {count} as now.",
            found.days,
            first=_day(begin, timezone),
            last=_day(found.until, timezone),
        )
    ]
    told += [
        _(
            "{number}: {name}, {before} stories before, by day now {days}.",
            number=number,
            name=clip(cleaned(trend.name), 60),
            before=trend.before,
            days=", ".join(map(str, trend.days[-found.days :])),
        )
        for number, trend in enumerate(found.trends, 1)
    ]
    return clip(" ".join(told), ALT_LIMIT)


def _listed(found: Trends, spans: str) -> str:
    parts = [_("In {spans}:", spans=spans)]
    numbered = list(enumerate(found.trends, 1))
    for subject, title in _TITLES.items():
        lines = [_line(number, trend) for number, trend in numbered if trend.subject is subject]
        if lines:
            parts.append("\n".join((f"**{_(title)}**", *lines)))
    parts.append("-# " + _("What they said: `/said` with an actor, `/topic` with a topic"))
    return "\n\n".join(parts)


def _line(number: int, trend: Trend) -> str:
    often = _("at least {times} times as often", times=_times(trend))
    counts = _(
        "{recent} of {recent_all} stories; before, {before} of {before_all}",
        recent=trend.recent,
        recent_all=trend.recent_all,
        before=trend.before,
        before_all=trend.before_all,
    )
    return f"`{number}` **{clip(escaped(trend.name), _NAME)}** · {often}\n-# {counts}"


def _times(trend: Trend) -> str:
    return shown_number(round(trend.times, 1) if trend.times < 10 else round(trend.times))


def _span(days: int, *, past: bool = False) -> str:
    """Return a span in words: "the last 7 days", "the 4 weeks before"."""
    if days == 1:
        return _("the day before") if past else _("the last 24 hours")
    weeks = days // _WEEK
    if days % _WEEK == 0 and days > _WEEK:
        if past:
            return ngettext("the {count} week before", "the {count} weeks before", weeks)
        return ngettext("the last {count} week", "the last {count} weeks", weeks)
    if past:
        return ngettext("the {count} day before", "the {count} days before", days)
    return ngettext("the last {count} day", "the last {count} days", days)


def _day(moment: datetime, timezone: str) -> str:
    return day_and_month(moment.astimezone(zone_of(timezone)).date())
