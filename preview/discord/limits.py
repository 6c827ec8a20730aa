"""Limits in Discord's documentation that its OpenAPI specification leaves out. They are always checked."""

import re
from collections.abc import Iterator
from typing import Any

from preview.discord.messages import (
    BUTTON,
    CONTAINER,
    LINK_STYLE,
    RADIO_GROUP,
    ROW,
    SELECTS,
    STRING_SELECT,
    TEXT,
    TEXT_INPUT,
    all_components,
)
from preview.discord.objects import COMPONENTS_V2, Json

_COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
_PREMIUM_STYLE = 6
_MESSAGE_ANSWERS, _MODAL_ANSWER, _CHOICES_ANSWER = (4, 7), 9, 8
_SUBCOMMANDS = (1, 2)
_EMBED = {"title": 256, "description": 4096}


def problems_of(method: str, path: str, body: Any, *, with_files: bool = False) -> list[str]:
    """Return what in a request breaks a documented limit; nothing if all is in order."""
    if body is None or method not in ("POST", "PUT", "PATCH"):
        return []
    if "/commands" in path:
        if method == "PATCH" and isinstance(body, dict):
            body = {"name": "unchanged", "description": "unchanged"} | body
        return list(_command_list(body if isinstance(body, list) else [body]))
    if not isinstance(body, dict):
        return ["the body must be a JSON object"]
    if path.endswith("/callback"):
        return list(_callback(body, with_files=with_files))
    if "/messages" in path or path.startswith("/webhooks/"):
        fresh = method == "POST"
        return list(_message(body, may_be_empty=not fresh or with_files))
    return []


def _callback(body: Json, *, with_files: bool) -> Iterator[str]:
    data = body.get("data") or {}
    kind = body.get("type")
    if kind in _MESSAGE_ANSWERS:
        yield from _message(data, may_be_empty=kind != _MESSAGE_ANSWERS[0] or with_files)
    elif kind == _CHOICES_ANSWER:
        choices = data.get("choices") or []
        if len(choices) > 25:
            yield f"choices: {len(choices)}, at most 25"
        for choice in choices:
            yield from _length("choices.name", choice.get("name"), 1, 100)
            if isinstance(choice.get("value"), str):
                yield from _length("choices.value", choice["value"], 1, 100)
    elif kind == _MODAL_ANSWER:
        yield from _modal(data)


def _length(where: str, value: Any, least: int, most: int) -> Iterator[str]:
    size = len(value) if isinstance(value, str) else 0
    if not least <= size <= most:
        yield f"{where}: is {size} long, must be {least} to {most}"


def _message(message: Json, *, may_be_empty: bool) -> Iterator[str]:
    content = message.get("content") or ""
    embeds = message.get("embeds") or []
    components = message.get("components") or []
    if len(content) > 2000:
        yield f"content: is {len(content)} long, at most 2000"
    if len(embeds) > 10:
        yield f"embeds: {len(embeds)}, at most 10"
    total = sum(_embed_size(embed) for embed in embeds)
    if total > 6000:
        yield f"embeds: {total} characters in all, at most 6000"
    for number, embed in enumerate(embeds):
        yield from _embed(f"embeds[{number}]", embed)
    v2 = bool((message.get("flags") or 0) & COMPONENTS_V2)
    if v2 and (content or embeds):
        yield "flags: with IS_COMPONENTS_V2 a message has neither content nor embeds"
    yield from _components(components, v2=v2)
    things = ("sticker_ids", "attachments", "poll", "message_reference")
    if not (may_be_empty or content.strip() or embeds or components or any(message.get(t) for t in things)):
        yield "cannot send an empty message (50006)"


def _embed_size(embed: Json) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    texts += [field.get(part) for field in embed.get("fields") or [] for part in ("name", "value")]
    return sum(len(text) for text in texts if text)


def _embed(where: str, embed: Json) -> Iterator[str]:
    for name, most in _EMBED.items():
        yield from _length(f"{where}.{name}", embed.get(name) or "", 0, most)
    yield from _length(f"{where}.footer", (embed.get("footer") or {}).get("text") or "", 0, 2048)
    yield from _length(f"{where}.author", (embed.get("author") or {}).get("name") or "", 0, 256)
    fields = embed.get("fields") or []
    if len(fields) > 25:
        yield f"{where}.fields: {len(fields)}, at most 25"
    for number, field in enumerate(fields):
        for part, most in (("name", 256), ("value", 1024)):
            text = field.get(part) or ""
            yield from _length(f"{where}.fields[{number}].{part}", text if text.strip() else "", 1, most)


def _components(components: list[Json], *, v2: bool) -> Iterator[str]:
    every = list(all_components(components))
    if v2:
        yield from _v2_size(every)
    else:
        if len(components) > 5:
            yield f"components: {len(components)} rows, at most 5"
        if any(one.get("type") != ROW for one in components):
            yield "components: without IS_COMPONENTS_V2 only action rows"
    for one in every:
        kind = one.get("type")
        if kind == ROW:
            yield from _row(one.get("components") or [])
        elif kind == BUTTON:
            yield from _button(one)
        elif kind in SELECTS:
            yield from _select(one)
        elif kind == CONTAINER and not one.get("components"):
            yield "components: an empty container"
    yield from _custom_ids(every)


def _v2_size(every: list[Json]) -> Iterator[str]:
    if len(every) > 40:
        yield f"components: {len(every)}, at most 40"
    text = sum(len(one.get("content") or "") for one in every if one.get("type") == TEXT)
    if text > 4000:
        yield f"components: {text} characters of text, at most 4000"


def _custom_ids(every: list[Json]) -> Iterator[str]:
    ids = [one["custom_id"] for one in every if one.get("custom_id") is not None]
    for custom_id in ids:
        yield from _length("custom_id", custom_id, 1, 100)
    for repeated in sorted({one for one in ids if ids.count(one) > 1}):
        yield f"custom_id: {repeated!r} is there more than once"


def _row(inner: list[Json]) -> Iterator[str]:
    selects = sum(one.get("type") in SELECTS for one in inner)
    if not 1 <= len(inner) <= 5:
        yield f"components: a row with {len(inner)} components, must be 1 to 5"
    if selects and len(inner) > 1:
        yield "components: a select fills a row of its own"


def _button(button: Json) -> Iterator[str]:
    link, premium = button.get("style") == LINK_STYLE, button.get("style") == _PREMIUM_STYLE
    if link and not button.get("url"):
        yield "button: a link button without url"
    if link and button.get("custom_id"):
        yield "button: a link button with custom_id"
    if not link and not premium and not button.get("custom_id"):
        yield "button: neither custom_id nor url"
    if not premium and not button.get("label") and not button.get("emoji"):
        yield "button: neither label nor emoji"
    yield from _length("button.label", button.get("label") or "", 0, 80)
    yield from _length("button.url", button.get("url") or "", 0, 512)


def _select(select: Json) -> Iterator[str]:
    yield from _length("select.placeholder", select.get("placeholder") or "", 0, 150)
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not 0 <= least <= most <= 25:
        yield f"select: min_values {least} and max_values {most} do not go together"
    if select.get("type") != STRING_SELECT:
        return
    options = select.get("options") or []
    if not 1 <= len(options) <= 25:
        yield f"select: {len(options)} options, must be 1 to 25"
    values = [option.get("value") for option in options]
    if len(set(values)) != len(values):
        yield "select: two options of the same value"
    for option in options:
        yield from _length("select.options.label", option.get("label"), 1, 100)
        yield from _length("select.options.value", option.get("value"), 1, 100)
        yield from _length("select.options.description", option.get("description") or "", 0, 100)


def _modal(modal: Json) -> Iterator[str]:
    yield from _length("modal.title", modal.get("title"), 1, 45)
    yield from _length("modal.custom_id", modal.get("custom_id"), 1, 100)
    rows = modal.get("components") or []
    if not 1 <= len(rows) <= 5:
        yield f"modal: {len(rows)} components, must be 1 to 5"
    every = list(all_components(rows))
    for one in every:
        yield from _length("modal.label", one.get("label") or "", 0, 45)
        if one.get("type") == TEXT_INPUT:
            yield from _length("modal.value", one.get("value") or "", 0, 4000)
            yield from _length("modal.placeholder", one.get("placeholder") or "", 0, 100)
        elif one.get("type") == RADIO_GROUP:
            yield from _radio_group(one.get("options") or [])
    yield from _custom_ids(every)


def _radio_group(options: list[Json]) -> Iterator[str]:
    if not 2 <= len(options) <= 10:
        yield f"radio group: {len(options)} options, must be 2 to 10"
    values = [option.get("value") for option in options]
    if len(set(values)) != len(values):
        yield "radio group: two options of the same value"
    for option in options:
        yield from _length("radio group.label", option.get("label"), 1, 100)
        yield from _length("radio group.value", option.get("value"), 1, 100)
        yield from _length("radio group.description", option.get("description") or "", 0, 100)


def _command_list(commands: list[Any]) -> Iterator[str]:
    commands = [command for command in commands if isinstance(command, dict)]
    for kind, most in ((1, 100), (2, 15), (3, 15)):
        same = [command for command in commands if (command.get("type") or 1) == kind]
        if len(same) > most:
            yield f"{len(same)} commands of type {kind}, at most {most}"
        names = [command.get("name") for command in same]
        if len(set(names)) != len(names):
            yield "two commands of the same name"
    for command in commands:
        where = f"/{command.get('name')}"
        if (command.get("type") or 1) == 1:
            yield from _option(where, command)
            size = _command_size(command)
            if size > 8000:
                yield f"{where}: {size} characters in all, at most 8000"
        else:
            yield from _length(f"{where}: name", command.get("name"), 1, 32)
            if command.get("description"):
                yield f"{where}: a context menu command has no description"


def _command_size(option: Json) -> int:
    own = len(option.get("name") or "") + len(option.get("description") or "")
    choices = sum(
        len(str(choice.get("name"))) + len(str(choice.get("value"))) for choice in option.get("choices") or []
    )
    return own + choices + sum(_command_size(inner) for inner in option.get("options") or [])


def _option(where: str, option: Json) -> Iterator[str]:
    """Yield the problems of a command or option and of the options in it."""
    name = option.get("name") or ""
    if not _COMMAND_NAME.fullmatch(name) or name != name.lower():
        yield f"{where}: name {name!r} must be 1 to 32 of lower-case letters, digits, - and _"
    yield from _length(f"{where}: description", option.get("description"), 1, 100)
    choices = option.get("choices") or []
    if len(choices) > 25:
        yield f"{where}: {len(choices)} choices, at most 25"
    if option.get("autocomplete") and choices:
        yield f"{where}: autocomplete together with choices"
    for choice in choices:
        yield from _length(f"{where}: choice", str(choice.get("name") or ""), 1, 100)
    inner = option.get("options") or []
    if len(inner) > 25:
        yield f"{where}: {len(inner)} options, at most 25"
    if len({one.get("name") for one in inner}) != len(inner):
        yield f"{where}: two options of the same name"
    if len({one.get("type") in _SUBCOMMANDS for one in inner}) > 1:
        yield f"{where}: subcommands together with options"
    optional_seen = False
    for one in inner:
        yield from _option(f"{where} {one.get('name')}", one)
        if one.get("required") and optional_seen:
            yield f"{where} {one.get('name')}: required after an optional one"
        optional_seen = optional_seen or not one.get("required")
