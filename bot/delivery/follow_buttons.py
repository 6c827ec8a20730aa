"""The Follow buttons of messages, in the form of Discord's REST API."""

from typing import Any

from bot.delivery.message_parts import page_button
from bot.languages.translations import pgettext

FOLLOW_ID = "hearsay:follow:{what}:{id}"
FOLLOW_DIGEST_ID = "hearsay:follow:digest:{nonce}"


def follow_button(what: str, number: int) -> dict[str, Any]:
    """Return the button for following a "query", a "claim"'s actor, or the story of an "article"."""
    return page_button(pgettext("button", "Follow"), FOLLOW_ID.format(what=what, id=number))


def follow_digest_button(nonce: str) -> dict[str, Any]:
    """Return the button that offers to follow the contents of a digest message."""
    return page_button(pgettext("button", "Follow …"), FOLLOW_DIGEST_ID.format(nonce=nonce))
