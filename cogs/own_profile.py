"""`/settings profile`: the bot's name and appearance in this server."""

from typing import Any

import discord

from bot.errors import BadInput
from bot.languages.formats import listed
from bot.languages.translations import _
from cogs.answering import Interaction

PICTURE_KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp")
LARGEST_PICTURE = 8_000_000
"""Bytes. Discord refuses pictures of more than 10 MB."""


async def change_profile(
    interaction: Interaction,
    *,
    name: str | None,
    picture: discord.Attachment | None,
    banner: discord.Attachment | None,
    about: str | None,
    reset: bool,
) -> str:
    """Change the bot's own member of this server, and return the change as a sentence.

    Raises BadInput for anything that cannot be used, or that Discord refuses.
    """
    me = interaction.guild.me if interaction.guild else None
    if me is None:
        raise BadInput(_("Hearsay is not a member of this server. Invite it again."))
    changes: dict[str, Any] = dict.fromkeys(("nick", "avatar", "banner", "bio")) if reset else {}
    changes |= {key: value for key, value in (("nick", name), ("bio", about)) if value is not None}
    for key, file in (("avatar", picture), ("banner", banner)):
        if file is not None:
            changes[key] = await _picture_in(file)
    if not changes:
        raise BadInput(_("Say what to change: name at least one of the options."))
    if "nick" in changes and not me.guild_permissions.change_nickname:
        raise BadInput(
            _("Hearsay lacks Change Nickname, so it cannot have another name here. Grant that and try again.")
        )
    try:
        await me.edit(**changes, reason=f"/settings profile, by {interaction.user}")
    except discord.HTTPException as error:
        raise BadInput(_("Discord does not allow this now: {why}.", why=error.text or error.status)) from error
    except ValueError as error:
        raise BadInput(_("A picture must be a PNG, JPEG, GIF or WebP file.")) from error
    words = {
        "nick": _("its name"),
        "avatar": _("its picture"),
        "banner": _("its banner"),
        "bio": _("what its profile says"),
    }
    changed = [word for key, word in words.items() if changes.get(key)]
    if not changed:
        return _("Hearsay looks as it does everywhere else again.")
    return _("Changed in this server: {what}.", what=listed(changed))


async def _picture_in(file: discord.Attachment) -> bytes:
    """Return the content of an attached picture. Raises BadInput if it is not one, or is too large."""
    if file.content_type not in PICTURE_KINDS:
        raise BadInput(_("A picture must be a PNG, JPEG, GIF or WebP file."))
    if file.size > LARGEST_PICTURE:
        raise BadInput(
            _("This picture is too large: choose one of at most {limit} MB.", limit=LARGEST_PICTURE // 1_000_000)
        )
    try:
        return await file.read()
    except discord.HTTPException as error:
        raise BadInput(_("Discord could not give Hearsay this picture. Try again.")) from error
