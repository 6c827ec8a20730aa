"""Files that users attach to commands."""

import aiohttp
import discord

from bot.errors import BadInput


async def content_of(attachment: discord.Attachment, *, largest: int) -> bytes:
    """Return the content of a file of at most `largest` bytes. Raises BadInput, which says what is wrong."""
    if attachment.size > largest:
        raise BadInput(f"This file is larger than {largest // 1_000_000} MB.")
    try:
        return await attachment.read()
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        raise BadInput("Discord did not deliver the file. Try again.") from error
