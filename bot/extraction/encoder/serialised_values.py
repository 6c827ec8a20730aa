"""Actors and claims within a serialised Doc: spaCy's msgpack learns here how to write and read them."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

import srsly

from bot.model.claims import Actor, ActorType, Claim, Kind, LeftOut, Teller, Wording

VALUES: Mapping[str, type[Any]] = {value.__name__: value for value in (Actor, Claim, LeftOut, Teller)}
ENUMS: Mapping[str, type[Any]] = {"type": ActorType, "kind": Kind, "verbatim": Wording}
"""Fields that are written as plain text, and what they are."""
NAME = "hearsay.value"
"""The key under which the name of a value's class is written."""

Chain = Callable[[Any], Any] | None
"""What is asked next: msgpack has one such function for each library that has registered one."""


def register() -> None:
    """Make the encoder and decoder known to spaCy's msgpack; a second call changes nothing."""
    srsly.msgpack_encoders.register("hearsay.values", func=encoded)
    srsly.msgpack_decoders.register("hearsay.values", func=decoded)


def encoded(value: Any, chain: Chain = None) -> Any:
    """Return an actor or claim as a mapping of its fields, anything else as the next encoder has it."""
    if VALUES.get(type(value).__name__) is type(value):
        return {NAME: type(value).__name__} | {each.name: getattr(value, each.name) for each in fields(value)}
    return value if chain is None else chain(value)


def decoded(value: Any, chain: Chain = None) -> Any:
    """Return the actor or claim that `encoded` wrote, anything else as the next decoder has it."""
    if isinstance(value, dict) and value.get(NAME) in VALUES:
        kind = VALUES[value[NAME]]
        return kind(**{name: _read(name, each) for name, each in value.items() if name != NAME})
    return value if chain is None else chain(value)


def _read(name: str, value: Any) -> Any:
    """Return the field `name` as it was before msgpack, which knows neither tuples nor enumerations."""
    return ENUMS[name](value) if name in ENUMS else _tuples(value)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
