"""Digests as messages for Discord, in one of three layouts, within all its limits whatever the content."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.delivery.digest_cards import TEXT, card_parts
from bot.delivery.digest_embeds import embed_parts
from bot.delivery.digest_parts import Part, controls, local_date
from bot.delivery.digest_text import CONTENT_LIMIT, text_parts
from bot.delivery.forum_posts import day_post, story_post
from bot.delivery.message_parts import ACCENT, ROW, button_row, page_button
from bot.delivery.outlet_names import webhook_name
from bot.digests.shown_stories import shown_json
from bot.languages.translations import _, pgettext
from bot.model.digests import Cadence, Digest, ForumPosts, Layout, Plan
from bot.text.clipping import clip

PING_ID = "hearsay:ping:{role}"
_NOTE_SHORT, _TITLE_SHORT = 80, 100
_PARTS = {Layout.EMBEDS: embed_parts, Layout.CARDS: card_parts, Layout.TEXT: text_parts}


def messages_of(
    digest: Digest,
    nonce_of: Callable[[int], str],
    layout: Layout = Layout.EMBEDS,
    *,
    one_by_one: bool = False,
) -> list[dict[str, Any]]:
    """Return the messages that show `digest`, at least one; with `one_by_one`, one for each story.

    `nonce_of` returns the nonce of each message by its number, from 0. Each message has "components" (whose ids
    contain the nonce) and, depending on the layout, "embeds" or "content". For the outbox, it also has its
    "claim_ids" and "article_ids", and "shows": its part of the digest, with the layout, as JSON.
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


def addressed(messages: list[dict[str, Any]], digest: Digest, plan: Plan) -> list[dict[str, Any]]:
    """Return the messages of a digest with their destination and the role they ping.

    The first mentions the plan's role; later ones ping nobody and make no sound. For the sender, "ping" is the
    role, "silent" and "publish" are options, "post" is the forum post (`bot.delivery.forum_posts`), and "outlet"
    is the name under which a webhook posts.
    """
    made = []
    for number, message in enumerate(messages):
        marked = message | {"silent": number > 0, "publish": plan.publishes}
        if plan.role_id is not None and number == 0:
            marked = pinging(marked, plan.role_id, button=plan.ping_button) | {"ping": plan.role_id}
        if plan.posts is ForumPosts.STORY:
            marked |= {"post": story_post(digest.stories[number], plan.tag_ids)}
        elif plan.posts is ForumPosts.DAY:
            marked |= {"post": day_post(digest.slot, digest.timezone, plan.tag_ids)}
        if plan.as_outlet and (name := webhook_name(digest.stories[number].lead.outlet)):
            marked |= {"outlet": name, "shows": marked["shows"] | {"outlet": name}}
        made.append(marked)
    return made


def is_by_story(plan: Plan) -> bool:
    """Return whether each story of a digest is a message of its own."""
    return plan.cadence is Cadence.STORY or plan.posts is ForumPosts.STORY or plan.as_outlet


def pinging(message: dict[str, Any], role_id: int, *, button: bool = False) -> dict[str, Any]:
    """Return a message with a mention of a role above it, recorded in what the message shows.

    With `button`, its last row has a button with which readers take the role, or give it back.
    """
    mention = f"<@&{role_id}>"
    rows = list(message["components"])
    if button:
        taking = page_button(pgettext("button", "Ping me"), PING_ID.format(role=role_id))
        rows[-1] = rows[-1] | {"components": [*rows[-1]["components"], taking]}
    made = message | {
        "shows": message["shows"] | {"role_id": role_id, "ping_button": button},
        "components": rows,
    }
    if any(component["type"] != ROW for component in rows):
        return made | {"components": [{"type": TEXT, "content": mention}, *rows]}
    content = clip(message.get("content", ""), CONTENT_LIMIT - len(mention) - 1)
    return made | {"content": f"{mention}\n{content}".strip()}


def edited_message(digest: Digest, nonce: str, shows: Mapping[str, Any]) -> dict[str, Any]:
    """Return a posted message as it should look for `digest`; `shows` is what was stored with it.

    It stays one message with all its stories: what does not fit is left out, starting with the last claims of a
    story.
    """
    layout, one_by_one = Layout(shows["layout"]), bool(shows["one_by_one"])
    parts = next(
        (parts for lean in _leaner(digest) if len(parts := _PARTS[layout](lean, one_by_one=one_by_one)) == 1),
        [],
    )
    if not parts:
        raise ValueError("the message does not fit, whatever is left out")
    message = _message(digest, replace(parts[0], stories=digest.stories), nonce, layout, one_by_one)
    if (role_id := shows.get("role_id")) is not None:
        message = pinging(message, role_id, button=bool(shows.get("ping_button")))
    if outlet := shows.get("outlet"):
        message |= {"outlet": outlet, "shows": message["shows"] | {"outlet": outlet}}
    return message


def _leaner(digest: Digest) -> Iterator[Digest]:
    """Yield `digest`, then leaner versions: fewer claims, outlets and notes, shorter headlines."""
    yield digest
    stories = list(digest.stories)
    while (most := max((len(story.claims) for story in stories), default=0)) > 1:
        number = next(i for i, story in enumerate(stories) if len(story.claims) == most)
        story = stories[number]
        stories[number] = replace(story, claims=story.claims[:-1], claims_left_out=story.claims_left_out + 1)
        yield replace(digest, stories=tuple(stories))
    stories = [replace(story, others=(), note=clip(story.note, _NOTE_SHORT)) for story in stories]
    yield replace(digest, stories=tuple(stories))
    stories = [
        replace(
            story,
            lead=replace(story.lead, title=clip(story.lead.title, _TITLE_SHORT)),
            claims=(),
            claims_left_out=story.claims_left_out + len(story.claims),
        )
        for story in stories
    ]
    yield replace(digest, stories=tuple(stories))


def empty_message(slot: datetime, plan: Plan, nonce: str) -> dict[str, Any]:
    """Return the message that says that nothing is new. Its button contains the nonce."""
    embed = {
        "title": _("Who said what: {day}", day=local_date(slot, plan.timezone)),
        "description": _("Nothing new was said since the last digest."),
        "color": ACCENT,
    }
    buttons = button_row([page_button(pgettext("button", "Why?"), f"hearsay:digest:{nonce}:0")])
    made = {"embeds": [embed], "components": buttons}
    return made | ({"post": day_post(slot, plan.timezone, plan.tag_ids)} if plan.posts else {})
