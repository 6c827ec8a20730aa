"""The Follow buttons of messages, as Discord's REST API takes them."""

from typing import Any

from bot.delivery.message_parts import page_button
from bot.languages.translations import pgettext

FOLLOW_ID = "hearsay:follow:{what}:{id}"
FOLLOW_DIGEST_ID = "hearsay:follow:digest:{nonce}"


def follow_button(what: str, number: int) -> dict[str, Any]:
    """Return the button that follows what a "query" asks for, a "claim"'s actor, or the story of an "article"."""
    return page_button(pgettext("button", "Follow"), FOLLOW_ID.format(what=what, id=number))


def follow_digest_button(nonce: str) -> dict[str, Any]:
    """Return the button that offers what a digest message shows to be followed."""
    return page_button(pgettext("button", "Follow …"), FOLLOW_DIGEST_ID.format(nonce=nonce))
