"""Names of outlets that Discord accepts as the author of a webhook's message."""

import re

from bot.delivery.escape import cleaned
from bot.text.clipping import clip

NAME_LIMIT = 80
_FORBIDDEN = re.compile(r"discord|clyde", re.IGNORECASE)
_REFUSED_SIGNS = re.compile(r"[@#:]|```")
_REFUSED_NAMES = frozenset(("everyone", "here"))


def webhook_name(outlet: str) -> str | None:
    """Return the name under which a webhook may post for an outlet, or None if Discord allows nothing similar.

    Discord refuses names that contain "discord" or "clyde", "everyone" and "here", and the signs of mentions
    (Webhook Resource, "Create Webhook"; User Resource, "Usernames and Nicknames").
    """
    name = " ".join(_REFUSED_SIGNS.sub(" ", cleaned(outlet)).split())
    name = clip(name, NAME_LIMIT).strip()
    if not name or _FORBIDDEN.search(name) or name.casefold() in _REFUSED_NAMES:
        return None
    return name
