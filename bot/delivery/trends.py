"""What is said more often than usual as a message for Discord: a list, its plot, and what that tells in words."""

from datetime import datetime, timedelta
from typing import Any

from bot.delivery.answers import answer_buttons
from bot.delivery.escape import cleaned, escaped
from bot.delivery.message_parts import ACCENT, DESCRIPTION_LIMIT
from bot.delivery.plots import ALT_LIMIT, TrendPlot, TrendRow
from bot.digests.schedule import zone_of
from bot.model.trends import Subject, Trend, Trends
from bot.text.clipping import clip
from bot.text.counting import counted

ACTORS_SHOWN = 5
TOPICS_SHOWN = 5
_NAME = 100
_TITLES = {Subject.ACTOR: "Actors", Subject.TOPIC: "Topics of headlines"}
_WEEK = 7


def trends_message(found: Trends, *, query_id: int, shared: bool = False) -> dict[str, Any]:
    """Return the message that lists trends. An answer that is not `shared` yet has a button for that."""
    spans = f"{_span(found.days)}, compared with {_span(found.past_days, past=True)}"
    if not found.enough:
        told = (
            "Hearsay has read too little here to know what is usual: "
            f"{counted(found.past_articles, 'article')} with claims in {_span(found.past_days, past=True)}. "
            "Feeds count once they have been read for a while."
        )
    elif not found.trends:
        told = f"Nothing is said more often than usual in {spans}."
    else:
        told = _listed(found, spans)
    footer = f"Among {found.articles} articles with claims now and {found.past_articles} before"
    return {
        "embeds": [
            {
                "title": "Said more often than usual",
                "description": clip(told, DESCRIPTION_LIMIT),
                "color": ACCENT,
                "footer": {"text": footer},
            }
        ],
        "components": answer_buttons(query_id, 0, 1, shared=shared or not found.trends),
    }


def trends_plot(found: Trends, timezone: str) -> TrendPlot:
    """Return the plot of trends; its days are spans of 24 hours."""
    rows = (
        TrendRow(number, cleaned(trend.name), trend.days, f"{_times(trend)} times")
        for number, trend in enumerate(found.trends, 1)
    )
    begin = found.until - timedelta(days=found.days + found.past_days)
    return TrendPlot(tuple(rows), found.days, _day(begin, timezone), _day(found.until, timezone))


def trends_alt(found: Trends, timezone: str) -> str:
    """Return what the plot tells, in words, in at most `ALT_LIMIT` units."""
    begin = found.until - timedelta(days=found.days + found.past_days)
    told = (
        f"Articles by day, {_day(begin, timezone)} to {_day(found.until, timezone)}, the last {found.days} as now."
    )
    for number, trend in enumerate(found.trends, 1):
        now = ", ".join(map(str, trend.days[-found.days :]))
        told += f" {number}: {clip(cleaned(trend.name), 60)}, {trend.before} articles before, by day now {now}."
    return clip(told, ALT_LIMIT)


def _listed(found: Trends, spans: str) -> str:
    parts = [f"In {spans}:"]
    numbered = list(enumerate(found.trends, 1))
    for subject, title in _TITLES.items():
        lines = [_line(number, trend) for number, trend in numbered if trend.subject is subject]
        if lines:
            parts.append("\n".join((f"**{title}**", *lines)))
    parts.append("-# What they said: `/said` with an actor, `/topic` with a topic")
    return "\n\n".join(parts)


def _line(number: int, trend: Trend) -> str:
    before = f"before, {trend.before} of {trend.before_all}"
    return (
        f"`{number}` **{clip(escaped(trend.name), _NAME)}** · at least {_times(trend)} times as often\n"
        f"-# {trend.recent} of {trend.recent_all} articles; {before}"
    )


def _times(trend: Trend) -> str:
    return f"{trend.times:.1f}" if trend.times < 10 else f"{trend.times:.0f}"


def _span(days: int, *, past: bool = False) -> str:
    """Return a span in words: "the last 7 days", "the 4 weeks before"."""
    if days == 1:
        return "the day before" if past else "the last 24 hours"
    length = f"{days // _WEEK} weeks" if days % _WEEK == 0 and days > _WEEK else f"{days} days"
    return f"the {length} before" if past else f"the last {length}"


def _day(moment: datetime, timezone: str) -> str:
    local = moment.astimezone(zone_of(timezone))
    return f"{local.day} {local:%B}"
