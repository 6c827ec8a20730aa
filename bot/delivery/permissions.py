"""The permissions that Hearsay needs in a channel to post digests there."""

import discord

NEEDED = ("view_channel", "send_messages", "embed_links", "read_message_history")
"""By discord.py's names. The history is needed to find a message that was posted before a crash."""


def missing(permissions: discord.Permissions, *, thread: bool = False) -> list[str]:
    """Return the missing permissions of `NEEDED` by Discord's own names, such as "Embed Links"."""
    needed = ["send_messages_in_threads" if thread and name == "send_messages" else name for name in NEEDED]
    lacking = [name for name in needed if not getattr(permissions, name)]
    return [name.replace("_", " ").title().replace(" In ", " in ") for name in lacking]
