"""Refuses impossible choices with an explanation, before they are stored."""

from collections.abc import Sequence

from bot.digests.contradictions import contradiction_in
from bot.digests.filters import parsed_filter
from bot.errors import BadInput
from bot.languages.formats import listed, shown_percent
from bot.languages.translations import N_, _
from bot.model.digests import Cadence, Selection, Subscription
from bot.model.feeds import Feed, title_of
from bot.services.typed_times import quoted
from bot.text.clipping import clip

MOST_SURE = 0.97
"""The highest confidence that can be demanded. The surest of 117 claims in eight Wikinews articles has 0.96."""


_NO_WEEKDAY = {
    Cadence.STORY: N_(
        "A digest that comes with every story has no weekday. Leave out `weekday`, or choose a weekly digest."
    ),
    Cadence.MINUTES: N_(
        "A digest that comes every few minutes has no weekday. Leave out `weekday`, or choose a weekly digest."
    ),
    Cadence.HOURLY: N_(
        "A digest that comes every hour has no weekday. Leave out `weekday`, or choose a weekly digest."
    ),
    Cadence.WEEKDAYS: N_(
        "A digest that comes from Monday to Friday has no weekday. Leave out `weekday`, or choose a weekly digest."
    ),
    Cadence.DAILY: N_(
        "A digest that comes every day has no weekday. Leave out `weekday`, or choose a weekly digest."
    ),
}


def refuse_certainty(minimum_confidence: float | None) -> None:
    """Raise BadInput if hardly any claim ever reaches this confidence."""
    if minimum_confidence is not None and minimum_confidence > MOST_SURE:
        raise BadInput(
            _(
                "Nothing would be shown: no claim is {minimum_confidence} sure. Choose a confidence "
                "of at most {most_sure}; 80% is strict.",
                minimum_confidence=shown_percent(minimum_confidence),
                most_sure=shown_percent(MOST_SURE),
            )
        )


def refuse_contradictions(text: str, feeds: Sequence[Feed]) -> None:
    """Raise BadInput if a filter is invalid, or if no article of these feeds can pass it."""
    if not text:
        return
    named = [(title_of(feed), feed.url) for feed in feeds]
    reason = contradiction_in(parsed_filter(text), named or None)
    if reason is not None:
        raise BadInput(_("No article can pass this filter: {reason}.", reason=reason))


def refuse_weekday(cadence: Cadence, weekday: int | None) -> None:
    """Raise BadInput if a weekday is given for a digest that does not come weekly."""
    if weekday is not None and cadence is not Cadence.WEEKLY:
        raise BadInput(_(_NO_WEEKDAY[cadence]))


def refuse_last_feed(feed: Feed, subscriptions: Sequence[Subscription]) -> None:
    """Raise BadInput if removing `feed` would leave digests without any feed."""
    left_empty = [s for s in subscriptions if _only(s.selection, feed)]
    if left_empty:
        where = listed(dict.fromkeys(f"<#{s.plan.channel_id}>" for s in left_empty))
        raise BadInput(
            _(
                "{feed} is the only feed of a digest in {where}. "
                "Stop that digest with `/digest unsubscribe` first.",
                feed=quoted(title_of(feed)),
                where=clip(where, 500),
            )
        )


def _only(selection: Selection, feed: Feed) -> bool:
    return selection.feed_ids == (feed.id,)
