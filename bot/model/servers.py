"""What a server has chosen for itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The choices of a server. None leaves one to Hearsay.

    `timezone` is an IANA name: in it days begin, and digests come unless they have a zone of their own.
    `language` is the tag of the language in which Hearsay speaks to the server ("de"). `locale` is what Discord
    has for the server, if it is not en-US, which it has for all who chose nothing. `minimum_confidence` (0 to 1)
    is how sure a claim must be to be shown. Besides those who may manage the server, members with the role
    `correcting_role_id` may correct what is shown; only members with the role `asking_role_id` may ask, or all.
    """

    timezone: str | None = None
    language: str | None = None
    locale: str | None = None
    minimum_confidence: float | None = None
    correcting_role_id: int | None = None
    asking_role_id: int | None = None
