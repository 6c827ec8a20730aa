"""Webhooks of channels, and the names under which they may speak."""

from dataclasses import dataclass

from preview.discord.objects import Channel, Json, User


@dataclass(slots=True, eq=False)
class Webhook:
    """A webhook of a channel, made by the bot or by a person."""

    id: str
    token: str
    name: str
    channel: Channel
    user: User

    def to_json(self, *, seen_by: User) -> Json:
        """Return the API object `Webhook`. Its token is only told to its creator."""
        made: Json = {
            "id": self.id,
            "type": 1,
            "name": self.name,
            "avatar": None,
            "channel_id": self.channel.id,
            "guild_id": self.channel.guild.id if self.channel.guild else None,
            "application_id": self.user.id if self.user.bot else None,
            "user": self.user.to_json(),
        }
        return made | ({"token": self.token} if seen_by is self.user else {})


def name_problems(name: str) -> list[str]:
    """Return why Discord refuses a name for a webhook or its messages; nothing if it is allowed."""
    problems = [
        f"cannot contain {word!r}" for word in ("discord", "clyde", "```", "@", "#", ":") if word in name.lower()
    ]
    if name.lower() in ("everyone", "here"):
        problems.append(f"cannot be {name!r}")
    if not 1 <= len(name.strip()) <= 80:
        problems.append("must be 1 to 80 characters long")
    return [f"username: {problem}" for problem in problems]
