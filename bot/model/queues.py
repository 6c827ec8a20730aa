"""The steps that articles go through, and the queues in which workers are asked to look for them."""

STEPS = ("poll", "read", "extract", "group", "compose", "deliver", "correct", "follow", "notify", "purge")
"""The steps, in the order of an article's way."""
ALONE = frozenset({"group", "correct", "follow", "notify", "purge", "ask hubs"})
"""Steps that one process does for all that share a database. They share the others, item by item."""
POSTS = frozenset({"deliver", "correct", "follow", "notify"})
"""Steps that need Discord."""
UPKEEP = "upkeep"
"""The queue of the light steps that one process does alone."""


def queue_of(step: str) -> str:
    """Return the queue of a step: its own, or that of the light steps which one process does alone."""
    return UPKEEP if step in ALONE and step != "group" else step


QUEUES = tuple(dict.fromkeys(map(queue_of, STEPS)))
"""The queues, which workers can choose from."""
ONE_HOLDER = frozenset(map(queue_of, ALONE))
"""Queues that one process works for all: it keeps the index of stories, or posts without leasing channels."""
POSTING = frozenset(map(queue_of, POSTS))
"""Queues whose workers post to Discord."""
