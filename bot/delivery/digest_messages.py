"""Digests as messages for Discord, in one of three layouts, within all its limits for any content."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.delivery.digest_cards import TEXT, card_parts
from bot.delivery.digest_embeds import embed_parts
from bot.delivery.digest_parts import Part, controls, local_date
from bot.delivery.digest_text import CONTENT_LIMIT, text_parts
from bot.delivery.message_parts import ACCENT, ROW, button_row, page_button
from bot.digests.shown_stories import shown_json
from bot.model.digests import Digest, Layout, Plan
from bot.text.clipping import clip

_PARTS = {Layout.EMBEDS: embed_parts, Layout.CARDS: card_parts, Layout.TEXT: text_parts}


def messages_of(
    digest: Digest,
    nonce_of: Callable[[int], str],
    layout: Layout = Layout.EMBEDS,
    *,
    one_by_one: bool = False,
) -> list[dict[str, Any]]:
    """Return the messages that show `digest`, at least one; with `one_by_one`, one for each story.

    `nonce_of` returns the nonce of each message by its number, from 0. Each message has "components" (whose
    controls contain the nonce) and "embeds" or "content", as its layout has; for the outbox, the "claim_ids" and
    "article_ids" of it, and "shows": its part of the digest, with the layout, as JSON.
    """
    parts = _PARTS[layout](digest, one_by_one=one_by_one)
    return [_message(digest, part, nonce_of(number), layout, one_by_one) for number, part in enumerate(parts)]


def _message(digest: Digest, part: Part, nonce: str, layout: Layout, one_by_one: bool) -> dict[str, Any]:
    shows = shown_json(replace(digest, stories=part.stories))
    return part.payload | {
        "components": [*part.payload.get("components", ()), *controls(part.stories, nonce)],
        "claim_ids": list(part.claim_ids),
        "article_ids": [i for story in part.stories for i in story.article_ids],
        "shows": {"digest": shows, "layout": layout.value, "one_by_one": one_by_one},
    }


def addressed(messages: list[dict[str, Any]], plan: Plan) -> list[dict[str, Any]]:
    """Return the messages of a digest with whom they ping: the plan's role by the first one, nobody by the others.

    Those after the first make no sound. For the sender, "ping" is the role, "silent" and "publish" what to do.
    """
    made = []
    for number, message in enumerate(messages):
        marked = message | {"silent": number > 0, "publish": plan.publishes}
        if plan.role_id is not None and number == 0:
            marked = pinging(marked, plan.role_id) | {"ping": plan.role_id}
        made.append(marked)
    return made


def pinging(message: dict[str, Any], role_id: int) -> dict[str, Any]:
    """Return a message with a mention of a role above it, noted in what the message shows."""
    mention = f"<@&{role_id}>"
    made = message | {"shows": message["shows"] | {"role_id": role_id}}
    if any(component["type"] != ROW for component in message["components"]):
        return made | {"components": [{"type": TEXT, "content": mention}, *message["components"]]}
    content = clip(message.get("content", ""), CONTENT_LIMIT - len(mention) - 1)
    return made | {"content": f"{mention}\n{content}".strip()}


def empty_message(slot: datetime, timezone: str, nonce: str) -> dict[str, Any]:
    """Return the message that says that nothing is new. Its button contains the nonce."""
    embed = {
        "title": f"Who said what: {local_date(slot, timezone)}",
        "description": "Nothing new was said since the last digest.",
        "color": ACCENT,
    }
    return {"embeds": [embed], "components": button_row([page_button("Why?", f"hearsay:digest:{nonce}:0")])}
