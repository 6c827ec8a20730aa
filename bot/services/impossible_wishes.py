"""Refuses in words what can never be fulfilled, before it is stored."""

from collections.abc import Sequence

from bot.digests.contradictions import contradiction_in
from bot.digests.filters import parsed_filter
from bot.errors import BadInput
from bot.model.digests import Cadence, Selection, Subscription
from bot.model.feeds import Feed, title_of
from bot.services.typed_times import quoted
from bot.text.clipping import clip

MOST_SURE = 0.97
"""How sure a claim can be demanded to be. The surest of 117 claims in eight Wikinews articles has 0.96."""


_OFTEN = {
    Cadence.STORY: "with every story",
    Cadence.MINUTES: "every few minutes",
    Cadence.HOURLY: "every hour",
    Cadence.WEEKDAYS: "from Monday to Friday",
}


def refuse_certainty(minimum_confidence: float | None) -> None:
    """Raise BadInput if hardly any claim is ever as sure as that."""
    if minimum_confidence is not None and minimum_confidence > MOST_SURE:
        raise BadInput(
            f"Nothing would be shown: no claim is {minimum_confidence:.0%} sure. "
            f"Choose a confidence of at most {MOST_SURE:.0%}; 80% is strict."
        )


def refuse_contradictions(text: str, feeds: Sequence[Feed]) -> None:
    """Raise BadInput if a filter is invalid, or if no article of these feeds can pass it."""
    if not text:
        return
    named = [(title_of(feed), feed.url) for feed in feeds]
    reason = contradiction_in(parsed_filter(text), named or None)
    if reason is not None:
        raise BadInput(f"No article can pass this filter: {reason}.")


def refuse_weekday(cadence: Cadence, weekday: int | None) -> None:
    """Raise BadInput if a weekday is given for a digest that does not come weekly."""
    if weekday is not None and cadence is not Cadence.WEEKLY:
        raise BadInput(
            f"A digest that comes {_OFTEN.get(cadence, 'every day')} has no weekday. "
            "Leave out `weekday`, or choose a weekly digest."
        )


def refuse_last_feed(feed: Feed, subscriptions: Sequence[Subscription]) -> None:
    """Raise BadInput if digests would be left without any feed when `feed` is removed."""
    left_empty = [s for s in subscriptions if _only(s.selection, feed)]
    if left_empty:
        where = ", ".join(dict.fromkeys(f"<#{s.plan.channel_id}>" for s in left_empty))
        raise BadInput(
            f"{quoted(title_of(feed))} is the only feed of a digest in {clip(where, 500)}. "
            "Stop that digest with /digest unsubscribe first."
        )


def _only(selection: Selection, feed: Feed) -> bool:
    return selection.feed_ids == (feed.id,)
