"""Errors of discord.py and the network, as delivery errors that say what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import aiohttp
import discord

from bot.errors import ChannelForbidden, ChannelGone, DeliveryError, DeliveryRefused, DirectMessagesClosed
from bot.languages.translations import N_, _

CLOSED_THREADS = frozenset((50083, 160005, 160006))
"""Discord's codes for a thread that is archived, locked, or both."""
CLOSED_MESSAGES = frozenset((50007, 50278))
"""Codes for a person who accepts no direct messages from the bot, or shares no server with it."""
NOT_THERE = frozenset((10007, 10013, 10004, 50001))
"""Codes for a person who is not in a server, or a server that the bot is not in."""
TAG_REQUIRED = 40_067
TOO_MANY_WEBHOOKS = 30_007
_HELD = {
    **dict.fromkeys(
        CLOSED_THREADS, N_("This thread is archived or locked. Unlock it, or give Hearsay Manage Threads there.")
    ),
    TAG_REQUIRED: N_("This forum requires a tag. Choose one with `/digest edit tags:`."),
    TOO_MANY_WEBHOOKS: N_(
        "This channel has 15 webhooks, the most that Discord allows. Delete one that nobody needs."
    ),
}
"""Problems that somebody has to fix, by Discord's code."""


@contextmanager
def mapped_errors() -> Iterator[None]:
    """Turn errors of discord.py and the network into a DeliveryError that says what to do."""
    try:
        yield
    except discord.NotFound as error:
        raise ChannelGone from error
    except discord.Forbidden as error:
        if error.code in CLOSED_MESSAGES:
            raise DirectMessagesClosed from error
        raise ChannelForbidden(_(_HELD[error.code]) if error.code in _HELD else None) from error
    except discord.RateLimited as error:
        wait = timedelta(seconds=error.retry_after)
        raise DeliveryError(_("Discord asks to wait."), retry_after=wait) from error
    except discord.HTTPException as error:
        if error.status in (401, 429) or error.status >= 500:  # 401: while a token is being renewed
            raise DeliveryError(_("Discord answered with status {status}.", status=error.status)) from error
        if error.code in _HELD:
            raise ChannelForbidden(_(_HELD[error.code])) from error
        raise DeliveryRefused(
            _("Discord refused the message (status {status}, code {code}).", status=error.status, code=error.code)
        ) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise DeliveryError(_("Discord could not be reached.")) from error
    except (KeyError, TypeError, ValueError) as error:
        raise DeliveryRefused(_("The stored message is damaged.")) from error
