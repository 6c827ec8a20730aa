"""Errors of the local Discord: refusals by its REST interface, and actions that a person cannot take."""

from typing import Any

from bot.errors import HearsayError


class RestError(Exception):
    """A request that is answered with an error, in Discord's form."""

    def __init__(
        self,
        status: int,
        code: int = 0,
        message: str = "",
        *,
        headers: dict[str, str] | None = None,
        **members: Any,
    ) -> None:
        """Take the HTTP status, Discord's JSON error code and message, and further members of the body."""
        super().__init__(message)
        self.status = status
        self.headers = headers or {}
        self.body: dict[str, Any] = {"code": code, "message": message, **members}


def invalid_form(problems: list[str]) -> RestError:
    """Return the answer that Discord gives to a body it does not accept: 400 with code 50035."""
    errors = {"_errors": [{"code": "INVALID", "message": problem} for problem in problems]}
    return RestError(400, 50035, "Invalid Form Body", errors=errors)


class LocalDiscordError(HearsayError):
    """The local Discord was used in a way in which Discord cannot be used."""


class WaitedInVain(LocalDiscordError):
    """Something that was waited for did not happen in time."""


class NotAnswered(WaitedInVain):
    """The application did not respond."""


class NoSuchCommand(WaitedInVain):
    """There is no such command."""


class CommandHidden(LocalDiscordError):
    """This user cannot see the command here."""


class OptionRefused(LocalDiscordError):
    """Discord's own client does not let a person send this value."""


class NoSuchComponent(LocalDiscordError):
    """The message has no such button, select or field."""


class NotVisible(LocalDiscordError):
    """This user cannot see the message or the channel."""
