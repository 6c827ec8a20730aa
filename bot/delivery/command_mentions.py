"""Turns commands named in an answer into mentions, which can be pressed instead of typed.

A sentence names a command as `` `/feed add` ``, in the current language. Anything else in backticks, such as a
command with options or a group of commands, stays as it is.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from discord.webhook.async_ import AsyncWebhookAdapter

from bot.languages.translations import pgettext
from bot.text.clipping import length

MOST = {"content": 2_000, "description": 4_096, "value": 1_024}
"""Discord's limit, in units, for each text of a message in which commands are mentioned."""
MOST_IN_EMBEDS = 6_000
"""Discord's limit, in units, for all embeds of a message together."""
_NAMED = re.compile(r"(?<!`)`/([^`\n]{1,100})`(?!`)")


def with_mentions(message: Mapping[str, Any], commands: Mapping[str, str]) -> dict[str, Any]:
    """Return a Discord message in which the commands that it names can be pressed.

    `commands` gives the mention of each command by its name in the current language. A text stays as it is if it
    would become too long; so do all embeds if they would together.
    """
    made = dict(message)
    if isinstance(content := made.get("content"), str):
        made["content"] = _mentioning(content, commands, MOST["content"])
    embeds = [_embed(one, commands) for one in made.get("embeds") or ()]
    if embeds and sum(length(text) for one in embeds for text in _texts(one)) <= MOST_IN_EMBEDS:
        made["embeds"] = embeds
    return made


def _embed(embed: Mapping[str, Any], commands: Mapping[str, str]) -> dict[str, Any]:
    made = dict(embed)
    if isinstance(told := made.get("description"), str):
        made["description"] = _mentioning(told, commands, MOST["description"])
    if fields := made.get("fields"):
        made["fields"] = [
            {**field, "value": _mentioning(field["value"], commands, MOST["value"])} for field in fields
        ]
    return made


def _mentioning(text: str, commands: Mapping[str, str], most: int) -> str:
    made = _NAMED.sub(lambda match: commands.get(match[1], match[0]), text)
    return made if length(made) <= most else text


def _texts(embed: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts that count towards the limit."""
    parts = [embed, embed.get("footer") or {}, embed.get("author") or {}, *(embed.get("fields") or ())]
    for part in parts:
        yield from (part[name] for name in ("title", "description", "text", "name", "value") if part.get(name))


def mentions(names: Sequence[str], ids: Mapping[str, int]) -> dict[str, str]:
    """Return the mention of each command by its name in the current language and by its English name.

    `names` are whole names ("feed add"), `ids` are Discord's ids of their first words.
    """
    found: dict[str, str] = {}
    for name in names:
        words = name.split()
        if root := ids.get(words[0]):
            mention = f"</{name}:{root}>"
            found |= {name: mention, " ".join(pgettext("command name", word) for word in words): mention}
    return found


class MentioningAdapter(AsyncWebhookAdapter):
    """The adapter through which discord.py sends answers, with commands turned into mentions."""

    def __init__(self, commands: Callable[[], Mapping[str, str]]) -> None:
        """Take a function that returns the mentions in the current language."""
        super().__init__()  # type: ignore[no-untyped-call] # discord.py has no annotation there
        self._commands = commands

    async def request(
        self,
        route: Any,
        session: Any,
        *,
        payload: dict[str, Any] | None = None,
        multipart: list[dict[str, Any]] | None = None,
        **given: Any,
    ) -> Any:
        """Send a request, as discord.py does."""
        if payload is not None:
            payload = self._in_payload(payload)
        if multipart:
            multipart = [self._in_part(part) for part in multipart]
        return await super().request(route, session, payload=payload, multipart=multipart, **given)

    def _in_payload(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Return a message with mentions, or an answer that contains one as its data."""
        if "`/" not in json.dumps(payload, ensure_ascii=False):
            return payload
        if isinstance(data := payload.get("data"), dict):
            return payload | {"data": with_mentions(data, self._commands())}
        return with_mentions(payload, self._commands())

    def _in_part(self, part: dict[str, Any]) -> dict[str, Any]:
        if part.get("name") != "payload_json":
            return part
        return part | {"value": json.dumps(self._in_payload(json.loads(part["value"])), ensure_ascii=False)}
