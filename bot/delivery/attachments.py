"""Files that users attach to commands."""

import aiohttp
import discord

from bot.errors import BadInput
from bot.languages.translations import _


async def content_of(attachment: discord.Attachment, *, largest: int) -> bytes:
    """Return the content of a file of at most `largest` bytes. Raises BadInput, which says what is wrong."""
    if attachment.size > largest:
        raise BadInput(_("This file is larger than {largest} MB.", largest=largest // 1000000))
    try:
        return await attachment.read()
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        raise BadInput(_("Discord did not deliver the file. Try again.")) from error
