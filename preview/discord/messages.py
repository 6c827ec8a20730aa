"""Messages: from a client's request to the API object that Discord keeps and shows."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any

from preview.discord.objects import Json, User

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 9, 10, 11, 12, 13, 14, 17, 18
RADIO_GROUP = 21
SELECTS = {STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT}
LINK_STYLE = 5

REPLY, COMMAND_REPLY, MENU_REPLY = 19, 20, 23

_USER_MENTION = re.compile(r"<@!?(\d+)>")
_ROLE_MENTION = re.compile(r"<@&(\d+)>")


def embed_of(sent: Json) -> Json:
    """Return an embed as Discord returns it: without empty members, pictures with their proxy address."""
    embed = {name: value for name, value in sent.items() if value is not None}
    embed["type"] = "rich"
    if "fields" in embed:
        embed["fields"] = [{"inline": False} | field for field in embed["fields"]]
    for name in ("image", "thumbnail"):
        if name in embed:
            embed[name] = {"url": embed[name]["url"], "proxy_url": embed[name]["url"], "width": 0, "height": 0}
    return embed


def components_of(sent: list[Json] | None) -> list[Json]:
    """Return components as Discord returns them: numbered, with defaults filled in."""
    numbers = count(1)
    return [_component(component, numbers) for component in sent or []]


def _component(sent: Json, numbers: Iterator[int]) -> Json:
    made = {"id": next(numbers)} | {name: value for name, value in sent.items() if value is not None}
    kind = made["type"]
    made.pop("required", None)  # Only modals keep it.
    if kind in SELECTS:
        made = {"min_values": 1, "max_values": 1} | made
    elif kind == SEPARATOR:
        made = {"spacing": 1, "divider": True} | made
    elif kind == CONTAINER:
        made = {"accent_color": None, "spoiler": False} | made
    elif kind == THUMBNAIL:
        made = {"description": None, "spoiler": False} | made | {"media": _media(made["media"], made["id"])}
    elif kind == GALLERY:
        made["items"] = [
            {"description": None, "spoiler": False} | item | {"media": _media(item["media"], made["id"])}
            for item in made["items"]
        ]
    if "components" in made:
        made["components"] = [_component(inner, numbers) for inner in made["components"]]
    if "accessory" in made:
        made["accessory"] = _component(made["accessory"], numbers)
    return made


def _media(sent: Json, number: int) -> Json:
    return {"id": str(number), "url": sent["url"], "proxy_url": sent["url"]}


def all_components(components: list[Json]) -> Iterator[Json]:
    """Yield every component, including nested ones."""
    for component in components:
        yield component
        yield from all_components(component.get("components") or [])
        inner = component.get("accessory") or component.get("component")
        if inner:
            yield from all_components([inner])


def mentions_in(
    content: str, allowed: Json | None, users: Mapping[str, User], *, may_ping_everyone: bool
) -> dict[str, Any]:
    """Return the members `mentions`, `mention_roles` and `mention_everyone` of a message with this content.

    Without `allowed_mentions` Discord pings everyone who is mentioned.
    """
    allowed = {"parse": ["users", "roles", "everyone"]} if allowed is None else allowed
    parse = allowed.get("parse") or []

    def chosen(kind: str, found: list[str]) -> list[str]:
        listed = allowed.get(kind) or []
        return [one for one in dict.fromkeys(found) if kind in parse or one in listed]

    named = chosen("users", _USER_MENTION.findall(content))
    everyone = "everyone" in parse and may_ping_everyone and re.search(r"@(everyone|here)\b", content)
    return {
        "mentions": [users[one].to_json() for one in named if one in users],
        "mention_roles": chosen("roles", _ROLE_MENTION.findall(content)),
        "mention_everyone": bool(everyone),
    }


def new_message(message_id: str, channel_id: str, author: User, sent: Json, now: datetime) -> Json:
    """Return an ordinary message with this content that mentions nobody."""
    made: Json = {
        "id": message_id,
        "channel_id": channel_id,
        "type": 0,
        "author": author.to_json(),
        "content": (sent.get("content") or "").strip(),
        "timestamp": now.isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "pinned": False,
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "attachments": [],
        "embeds": [embed_of(embed) for embed in sent.get("embeds") or []],
        "components": components_of(sent.get("components")),
        "flags": sent.get("flags") or 0,
    }
    if sent.get("nonce") is not None:
        made["nonce"] = sent["nonce"]
    return made


def change_message(message: Json, sent: Json) -> None:
    """Change the members that `sent` names, and nothing else."""
    if "content" in sent:
        message["content"] = (sent["content"] or "").strip()
    if "embeds" in sent:
        message["embeds"] = [embed_of(embed) for embed in sent["embeds"] or []]
    if "components" in sent:
        message["components"] = components_of(sent["components"])
    if sent.get("flags") is not None:
        message["flags"] = sent["flags"]
    if "attachments" in sent:
        kept = {str(attachment.get("id")) for attachment in sent["attachments"] or []}
        message["attachments"] = [one for one in message["attachments"] if one["id"] in kept]


def text_of(message: Json) -> str:
    """Return everything that a person reads in a message, line by line: content, embeds, text displays."""
    lines = [message["content"]]
    for embed in message["embeds"]:
        lines += [(embed.get("author") or {}).get("name"), embed.get("title"), embed.get("description")]
        for field in embed.get("fields") or []:
            lines += [field["name"], field["value"]]
        lines.append((embed.get("footer") or {}).get("text"))
    lines += [one["content"] for one in all_components(message["components"]) if one["type"] == TEXT]
    return "\n".join(line for line in lines if line)
