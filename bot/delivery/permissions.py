"""The permissions that Hearsay needs to post digests in a channel, and to give people a role."""

import discord

from bot.languages.translations import N_, _

_NAMES = {
    "view_channel": N_("View Channel"),
    "send_messages": N_("Send Messages"),
    "send_messages_in_threads": N_("Send Messages in Threads"),
    "embed_links": N_("Embed Links"),
    "read_message_history": N_("Read Message History"),
    "manage_webhooks": N_("Manage Webhooks"),
}
"""Discord's own names."""
NEEDED = ("view_channel", "send_messages", "embed_links", "read_message_history")
"""By discord.py's names. The history is needed to find a message that was posted before a crash."""
FOR_FORUMS = (*NEEDED, "send_messages_in_threads")
FOR_WEBHOOKS = ("manage_webhooks",)
"""Additional permissions for messages under an outlet's name."""


def missing(permissions: discord.Permissions, channel: object = None, *, as_outlet: bool = False) -> list[str]:
    """Return the permissions missing for digests in a channel, by Discord's own names in the current language.

    `channel` is discord.py's; None stands for a text channel. `as_outlet` says that a webhook posts them.
    """
    needed = list(FOR_FORUMS if isinstance(channel, discord.ForumChannel) else NEEDED)
    if isinstance(channel, discord.Thread):
        needed[needed.index("send_messages")] = "send_messages_in_threads"
    needed += FOR_WEBHOOKS if as_outlet else ()
    lacking = [name for name in needed if not getattr(permissions, name)]
    return [_(_NAMES[name]) for name in lacking]


def role_problem(role: discord.Role, me: discord.Member | None) -> str | None:
    """Return why Hearsay cannot or must not give a role to anyone who asks, as a sentence; None if it can.

    A role with more permissions than everyone has, in the server or in one of its channels, would let any member
    take that power.
    """
    if role.is_default() or role.managed:
        return _("This role cannot be given to members: Discord or another app manages it.")
    if role.permissions.value & ~role.guild.default_role.permissions.value:
        return _(
            "{role} may do more than everyone may, so Hearsay does not give it to whoever asks for it.",
            role=role.mention,
        )
    opened = next((channel for channel in role.guild.channels if _allows_more(role, channel)), None)
    if opened is not None:
        return _(
            "{role} may do more in {channel} than everyone, so Hearsay does not give it to whoever asks for it.",
            role=role.mention,
            channel=opened.mention,
        )
    if me is None or not me.guild_permissions.manage_roles:
        return _(
            "Hearsay lacks Manage Roles, so it cannot give {role} to anybody. Grant that first.",
            role=role.mention,
        )
    if role >= me.top_role:
        return _(
            "{role} is above Hearsay's own role. Move that above it in Server Settings, Roles.", role=role.mention
        )
    return None


def _allows_more(role: discord.Role, channel: discord.abc.GuildChannel) -> bool:
    """Return whether a channel allows people with a role something that it does not allow everyone."""
    allowed, _denied = channel.overwrites_for(role).pair()
    return bool(allowed.value & ~channel.permissions_for(role.guild.default_role).value)
