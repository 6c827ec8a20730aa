"""Which function answers which request, and what such a function takes and returns."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from preview.discord.errors import RestError
from preview.discord.objects import Channel, Guild, Json
from preview.discord.world import World


@dataclass(slots=True)
class Call:
    """A request. `part` holds the parts of the path by the names in its template."""

    world: World
    part: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: list[tuple[str, str, bytes]] = field(default_factory=list)
    gateway_url: str = ""
    api_base: str = ""
    shards: int = 1
    now: float = 0.0
    deadline: float = 3.0

    @property
    def sent(self) -> Json:
        """The body, which must be an object."""
        return self.body if isinstance(self.body, dict) else {}

    def channel(self) -> Channel:
        """Return the channel of the path. Raises Discord's refusal if the bot cannot see it."""
        channel = self.world.channels.get(self.part["channel_id"])
        if channel is None or channel.partner is not None:
            raise RestError(404, 10003, "Unknown Channel")
        if channel.guild is not None and not channel.guild.with_bot:
            raise RestError(403, 50001, "Missing Access")
        return channel

    def guild(self) -> Guild:
        """Return the guild of the path. Raises Discord's refusal if the bot is not in it."""
        guild = self.world.guilds.get(self.part["guild_id"])
        if guild is None or not guild.with_bot:
            raise RestError(404, 10004, "Unknown Guild")
        return guild


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and an object to send with it, if any; or raw bytes with a content type."""

    status: int = 200
    body: Any = None
    raw: tuple[str, bytes] | None = None


Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path template such as `/channels/{channel_id}`. `open` routes need no token."""

    method: str
    template: str
    handler: Handler
    open: bool = False

    def parts(self, path: str) -> dict[str, str] | None:
        """Return the parts of the path by the names of the template, or nothing if it does not match."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.template)
        match = re.fullmatch(pattern, path)
        return match.groupdict() if match else None
