"""All errors, in one hierarchy.

The docstring of an exception class is its default message: it says what happened and what to do. Users see these
messages, so they contain no secrets, no paths of the host and no tracebacks. They are raised as sentences
(`bot.languages.translations`): `str(error)` is English, for the log and the store; `error.message` is in the
language that is spoken where it is shown.
"""

import inspect
from datetime import timedelta

from bot.languages.translations import _, english, retold


class HearsayError(Exception):
    """Something went wrong inside Hearsay. The log has the details."""

    def __init__(self, message: str | None = None) -> None:
        """Take `message`, by default the docstring of the class."""
        super().__init__(message or _(inspect.cleandoc(type(self).__doc__ or "")))

    def __str__(self) -> str:
        """Return the message in English."""
        return english(self.args[0])

    @property
    def message(self) -> str:
        """The sentence that a user gets, in the language that is spoken now."""
        return retold(self.args[0])


class SettingsError(HearsayError):
    """A setting has a value that cannot be used. `python -m bot doctor` lists all settings."""


class StoreError(HearsayError):
    """The database cannot be used. `python -m bot db check` says why."""


class StoreUnavailable(StoreError):
    """The database cannot be reached just now. `python -m bot db check` says why."""


class TooSlow(HearsayError):
    """This takes too long to look up just now. Ask again in a moment, or for less: an actor or fewer days."""


class FeedError(HearsayError):
    """The feed could not be used."""

    retryable: bool = False
    """Whether a retry may succeed."""


class AddressRefused(FeedError):
    """This address is not public. Hearsay fetches only http and https addresses on the open internet."""


class FetchFailed(FeedError):
    """The server could not be reached. Check the address, or try again later."""

    def __init__(
        self,
        message: str | None = None,
        *,
        retryable: bool = True,
        status: int | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        """Take the HTTP status, if there was one, and how long the server asked us to wait."""
        super().__init__(message)
        self.retryable = retryable
        self.status = status
        self.retry_after = retry_after


class TooLarge(FeedError):
    """The answer is larger than Hearsay reads. Is this really a feed or an article?"""


class NotAFeed(FeedError):
    """There is no feed at this address. Paste the address of an RSS, Atom or JSON feed."""


class ArticleError(HearsayError):
    """The article could not be read."""

    retryable: bool = False
    """Whether a retry may succeed."""


class NoText(ArticleError):
    """The page holds no article text."""


class PageGone(ArticleError):
    """The page of an article that was read before is gone: withdrawn, unless it is a short failure."""

    def __init__(self, message: str | None = None, *, retryable: bool = False) -> None:
        """Take whether the page may be back soon."""
        super().__init__(message)
        self.retryable = retryable


class PageDisallowed(ArticleError):
    """The site asks robots not to read this page (robots.txt)."""


class PageUnchanged(HearsayError):
    """The page has not changed since it was last read."""


class ExtractionError(HearsayError):
    """The text could not be analysed. The log has the details."""


class ModelMissing(ExtractionError):
    """The model is missing or damaged. Set HEARSAY_MODEL to a folder that `spacy.load` can load."""


class WorkerFailed(HearsayError):
    """This failed in a way that Hearsay does not expect. The log has the details."""


class NotFound(HearsayError):
    """This does not exist."""


class AlreadyThere(HearsayError):
    """This exists already."""


class ShownMeanwhile(HearsayError):
    """Another digest of this channel has shown one of these articles meanwhile. Compose the digest again."""


class AnswerGone(NotFound):
    """This answer is too old. Ask again."""


class ClaimGone(NotFound):
    """This claim is gone: its feed was removed, its article was corrected, or it became too old."""


class LimitReached(HearsayError):
    """This server has reached its limit. Remove one first."""


class AskedTooOften(LimitReached):
    """You have used this often in the last minute. Try again in a minute."""


class DeliveryError(HearsayError):
    """The message could not be posted."""

    retryable: bool = True
    """Whether a retry may succeed."""

    def __init__(self, message: str | None = None, *, retry_after: timedelta | None = None) -> None:
        """Take how long Discord asked us to wait, if it did."""
        super().__init__(message)
        self.retry_after = retry_after


class DeliveryRefused(DeliveryError):
    """Discord does not accept this message."""

    retryable = False


class DeliveryUncertain(DeliveryError):
    """Hearsay was stopped while posting and cannot see whether the message came through.

    It is not posted again, so that nothing is shown twice. Give Hearsay Read Message History in this channel.
    """

    retryable = False


class DirectMessagesClosed(DeliveryRefused):
    """You take no direct messages from Hearsay. Allow them in a server that you share with it, or add the app."""


class ChannelGone(DeliveryError):
    """The channel no longer exists, or Hearsay cannot see it. Subscribe another channel."""

    retryable = False


class ChannelForbidden(DeliveryError):
    """Hearsay may not post in this channel. Grant View Channel, Send Messages and Embed Links there."""


class BadInput(HearsayError):
    """This input cannot be used."""
