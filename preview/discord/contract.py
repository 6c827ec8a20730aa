"""Requests and responses, checked against Discord's own OpenAPI 3.1 specification.

The specification leaves every object open, so a misspelt member would pass: unknown members are refused here. Its
`oneOf` means "at least one", not "exactly one", so it is read as `anyOf`. Needs the development dependencies.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

_ROOT = "urn:discord:openapi"

EXTRA: dict[str, tuple[str, ...]] = {
    "RichEmbed": ("flags",),
    "CreateForumThreadRequest": ("type",),
    "BaseCreateMessageCreateRequest": ("tts",),
    "CreatedThreadResponse": ("message",),
    "MessageEditRequestPartial": ("tts",),
    "IncomingWebhookUpdateRequestPartial": ("tts",),
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial": ("tts",),
    "ApplicationCommandUpdateRequest": ("nsfw",),
    "ApplicationCommandCreateRequest": ("nsfw",),
    "ApplicationCommandPatchRequestPartial": ("nsfw",),
}
"""Members that Discord documents and discord.py always sends, but that the specification omits."""

EXTRA_QUERY = frozenset({"use_nested_fields"})
"""Query parameters of the same sort: the form in which a forum post is sent."""

_SNOWFLAKE = re.compile(r"0|[1-9][0-9]{0,19}")
_SCHEMES = ("http", "https", "ws", "wss", "attachment", "discord")
_INTEGER = re.compile(r"-?[0-9]+")


def _is_integer(_checker: object, value: object) -> bool:
    """Return whether the value is an integer, or text that Discord reads as one."""
    if isinstance(value, str):
        return _INTEGER.fullmatch(value) is not None
    return isinstance(value, int) and not isinstance(value, bool)


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(datetime.fromisoformat(value))


def _is_address(value: object) -> bool:
    return not isinstance(value, str) or urlsplit(value).scheme in _SCHEMES


def _formats() -> FormatChecker:
    """Return a checker of exactly the formats that the specification uses."""
    formats = FormatChecker(formats=())
    formats.checks("snowflake")(lambda v: not isinstance(v, str) or bool(_SNOWFLAKE.fullmatch(v)))
    formats.checks("nonce")(lambda v: not isinstance(v, str) or len(v) <= 25)
    formats.checks("date-time", raises=ValueError)(_is_date)
    formats.checks("uri", raises=ValueError)(_is_address)
    return formats


def _unknown_members(_validator: Any, known: list[str], value: Any, _schema: Any) -> Iterator[ValidationError]:
    if isinstance(value, dict):
        for name in sorted(value.keys() - set(known)):
            yield ValidationError(f"unknown member {name!r}", validator="x-known")


def _snowflake(*, numbers: bool) -> Callable[..., Iterator[ValidationError]]:
    """Return the check of the keyword x-snowflake. Discord reads ids that are sent as numbers, and sends text."""

    def check(_validator: Any, _flag: bool, value: Any, _schema: Any) -> Iterator[ValidationError]:
        number = numbers and isinstance(value, int) and not isinstance(value, bool)
        if not number and not (isinstance(value, str) and _SNOWFLAKE.fullmatch(value)):
            yield ValidationError(f"{value!r} is no snowflake", validator="x-snowflake")

    return check


def _close(node: Any) -> None:
    """Make each object schema that names its members refuse others, by the keyword x-known."""
    if isinstance(node, dict):
        if node.get("properties") and "object" in str(node.get("type")) and "additionalProperties" not in node:
            node["x-known"] = sorted(node["properties"])
        for inner in node.values():
            _close(inner)
    elif isinstance(node, list):
        for inner in node:
            _close(inner)


def _remembering(rule: Callable[..., Iterable[ValidationError]]) -> Callable[..., Iterator[ValidationError]]:
    """Return a keyword's rule that accepts at once whatever passed the same schema before.

    A bot registers the same commands at every start, each option under a union of eleven kinds, and checking them
    again took most of the tests' time. Invalid values are always checked again, because their errors carry their
    place.
    """
    passed: set[tuple[int | str, bytes]] = set()

    def check(validator: Any, branches: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
        if not isinstance(value, dict | list):
            yield from rule(validator, branches, value, schema)
            return
        written = json.dumps(value).encode()
        # a reference is known by its name, a list of branches by its place in memory, where it stays
        name = branches if isinstance(branches, str) else id(branches)
        key = (name, hashlib.blake2b(written, digest_size=16).digest())
        if key in passed:
            return
        wrong = False
        for error in rule(validator, branches, value, schema):
            wrong = True
            yield error
        if not wrong:
            passed.add(key)

    return check


def _validator_class(*, numbers: bool) -> Any:
    """Return the class of validators for requests (`numbers`: ids may be numbers) or for answers."""
    rules = Draft202012Validator.VALIDATORS
    union = _remembering(rules["anyOf"])
    own = {
        "x-known": _unknown_members,
        "x-snowflake": _snowflake(numbers=numbers),
        "$ref": _remembering(rules["$ref"]),
        "anyOf": union,
        "oneOf": union,
    }
    types = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer)
    return extend(Draft202012Validator, own, type_checker=types)


class Contract:
    """The specification, ready to check requests and answers."""

    def __init__(self, path: Path) -> None:
        """Read the specification at `path`. Raises `OSError` or `ValueError` if it cannot be read."""
        self._spec: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        schemas = self._spec["components"]["schemas"]
        for name, members in EXTRA.items():
            schemas[name]["properties"].update({member: {} for member in members})
        schemas["SnowflakeType"] = {"x-snowflake": True}
        _close(schemas)
        resource: Resource[Any] = Resource.from_contents(self._spec, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_ROOT, resource)
        self._validator_classes = {numbers: _validator_class(numbers=numbers) for numbers in (True, False)}
        self._formats = _formats()
        self._validators: dict[str, Any] = {}
        # Templates with fewer names first: `@me` wins over `{user_id}`.
        self._paths = sorted(
            ((template.count("{"), _pattern(template), template) for template in self._spec["paths"]),
            key=lambda path: path[0],
        )

    def _operation(self, method: str, path: str) -> tuple[str, dict[str, Any]] | None:
        for _, pattern, template in self._paths:
            operations = self._spec["paths"][template]
            if method.lower() in operations and pattern.fullmatch(unquote(path)):
                return template, operations
        return None

    def request_problems(self, method: str, path: str, body: Any, query: list[str]) -> list[str]:
        """Return what in a request does not fit the specification; nothing if all does."""
        found = self._operation(method, path)
        if found is None:
            return ["there is no such operation"]
        template, operations = found
        operation = operations[method.lower()]
        parameters = operation.get("parameters", []) + operations.get("parameters", [])
        known = {parameter["name"] for parameter in parameters if parameter.get("in") == "query"} | EXTRA_QUERY
        problems = [f"unknown query parameter {name!r}" for name in query if name not in known]
        asked = operation.get("requestBody", {})
        if "application/json" not in asked.get("content", {}):
            return problems + (["there must be no body"] if body is not None else [])
        if body is None:
            return problems + (["the body is missing"] if asked.get("required") else [])
        pointer = f"{method.lower()}/requestBody/content/application~1json/schema"
        return problems + self._problems(template, pointer, body)

    def answer_problems(self, method: str, path: str, status: int, body: Any) -> list[str]:
        """Return what in a successful response does not fit the specification."""
        found = self._operation(method, path)
        if found is None or status >= 400:
            return []
        template, operations = found
        answers = operations[method.lower()]["responses"]
        if str(status) not in answers:
            return [f"never answered with {status}"]
        if "application/json" not in answers[str(status)].get("content", {}):
            return ["there must be no body"] if body is not None else []
        pointer = f"{method.lower()}/responses/{status}/content/application~1json/schema"
        return self._problems(template, pointer, body)

    def _problems(self, template: str, pointer: str, value: Any) -> list[str]:
        escaped = quote(template.replace("~", "~0").replace("/", "~1"), safe="~@")
        reference = f"{_ROOT}#/paths/{escaped}/{pointer}"
        if reference not in self._validators:
            validator_class = self._validator_classes["/requestBody/" in pointer]
            self._validators[reference] = validator_class(
                {"$ref": reference}, registry=self._registry, format_checker=self._formats
            )
        return [_described(error) for error in self._validators[reference].iter_errors(value)]


def _pattern(template: str) -> re.Pattern[str]:
    parts = ("[^/]+" if part.startswith("{") else re.escape(part) for part in template.split("/"))
    return re.compile("/".join(parts))


def _described(error: ValidationError) -> str:
    """Return the cause of an error with its place. Of the branches of a union, the nearest is reported."""
    while error.context:
        branches: dict[object, list[ValidationError]] = {}
        for cause in error.context:
            branches.setdefault(cause.schema_path[0], []).append(cause)
        error = max(min(branches.values(), key=_distance), key=lambda cause: len(cause.path))
    value, limit = error.instance, error.validator_value
    match error.validator:
        case "maxLength" | "maxItems":
            told = f"has {len(value)}, at most {limit}"
        case "minLength" | "minItems":
            told = f"has {len(value)}, at least {limit}"
        case _:
            told = error.message[:200]
    return f"{error.json_path}: {told}"


def _distance(causes: Iterable[ValidationError]) -> tuple[bool, bool, int]:
    """Return how far a branch is from the intended one: another kind of value, another `type`, more errors."""
    causes = list(causes)
    every = [*causes, *(inner for cause in causes for inner in cause.context or [])]
    return (
        any(cause.validator == "type" and not cause.path for cause in causes),
        any(one.validator in ("const", "enum") and list(one.relative_path)[-1:] == ["type"] for one in every),
        len(causes),
    )


@lru_cache(maxsize=2)
def contract_at(path: Path) -> Contract:
    """Return the contract of the specification at `path`, read once."""
    return Contract(path)
