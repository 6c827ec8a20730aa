"""What polls learn about the hubs of feeds (WebSub)."""

from collections.abc import Sequence

import structlog

from bot.model.feeds import PollOutcome
from bot.store import Store
from bot.store.feeds.poll_outcomes import SavedPoll

log = structlog.get_logger(__name__)


async def note_polls(store: Store, outcomes: Sequence[PollOutcome], saved: Sequence[SavedPoll]) -> None:
    """Store what polls learn about hubs: which hubs feeds announce now, and whether pushes bring everything new.

    A failure is logged: polls go on without it, at their normal pace.
    """
    pairs = [(o, s) for o, s in zip(outcomes, saved, strict=True) if s.merged_into is None]
    announced = {o.feed_id: o.announced for o, _ in pairs if o.announces_anew}
    quiet = {o.feed_id: o.quiet_poll_at for o, s in pairs if o.quiet_poll_at is not None and not s.new_entries}
    missed = [o.feed_id for o, s in pairs if o.quiet_poll_at is not None and s.new_entries]
    try:
        if announced:
            await store.hub_subscriptions.announce(announced)
        if quiet or missed:
            await store.hub_subscriptions.note_polls(quiet, missed)
    except Exception:
        log.exception("hubs not noted")
