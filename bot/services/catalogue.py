"""The feeds that a new server can choose from, in groups."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import SettingsError
from bot.model.feeds import Candidate

MOST_GROUPS = 25
"""A select on Discord has no more options."""


@dataclass(frozen=True, slots=True)
class Group:
    """Feeds about one topic, or from one part of the world."""

    name: str
    feeds: tuple[Candidate, ...]


def read_catalogue(path: Path) -> tuple[Group, ...]:
    """Return the groups of a catalogue file. Raises SettingsError if it cannot be read."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        groups = tuple(_group(given) for given in content["group"])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise SettingsError(f"The catalogue of feeds cannot be read: {error}") from error
    if not groups or len(groups) > MOST_GROUPS or len({group.name for group in groups}) < len(groups):
        raise SettingsError(f"The catalogue of feeds needs 1 to {MOST_GROUPS} groups, each with its own name.")
    return groups


def _group(given: dict[str, Any]) -> Group:
    return Group(str(given["name"]), tuple(Candidate(str(url), str(title)) for title, url in given["feeds"]))
