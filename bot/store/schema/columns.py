"""The types of columns: numbers, times, words and states."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Dialect,
    Double,
    Enum,
    Integer,
    LargeBinary,
    String,
    Text,
    Time,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine

from bot.model.actor_changes import ActorChangeKind
from bot.model.articles import Origin
from bot.model.claims import ActorType, Kind, Wording
from bot.model.delivery import DeliveryState, NoticeKind
from bot.model.digests import Cadence, ForumPosts, Layout
from bot.model.feeds import FeedState
from bot.model.follows import FollowKind, FollowRhythm
from bot.model.reports import Decision, Fault
from bot.model.story_changes import StoryChangeKind
from bot.model.websub import HubState


class Moment(TypeDecorator[datetime]):
    """A point in time: aware and in UTC on both sides. A naive one is an error."""

    impl = DateTime
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(timezone=True)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC. SQLite, which has no time zones, gets it without one."""
        utc = None if value is None else _in_utc(value)
        return utc.replace(tzinfo=None) if utc is not None and dialect.name == "sqlite" else utc

    def bind_processor(self, dialect: Dialect) -> Any:
        """Format it for SQLite directly, as SQLAlchemy would: each poll has two, and the usual way is slow."""
        return _sqlite_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return it aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _sqlite_text(value: datetime | None) -> str | None:
    return None if value is None else _in_utc(value).isoformat(" ", "microseconds")[: -len("+00:00")]


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a naive datetime cannot be stored")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text from anywhere. Characters that databases cannot hold (NUL, lone surrogates) are replaced 1:1."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Replace what cannot be stored, so that offsets into the text stay right."""
        return None if value is None else storable(value)


_UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")


def storable(text: str) -> str:
    """Return `text` with U+FFFD for each character that databases cannot hold."""
    if text.isascii() and "\0" not in text:
        return text
    return _UNSTORABLE.sub("\ufffd", text)


Identity = BigInteger().with_variant(Integer(), "sqlite")
Comparable = String(64).with_variant(String(64, collation="C"), "postgresql")
"""Text in code point order, so that a prefix is a range of an index."""


def one_of(values: type[StrEnum]) -> Enum:
    """Return the column type of an enumeration: its values as plain text."""
    return Enum(values, native_enum=False, length=16, values_callable=lambda e: [m.value for m in e])


class EntryState(StrEnum):
    """The state of an entry on its way to an article."""

    NEW = "new"
    READ = "read"
    FAILED = "failed"
    SEEN = "seen"
    """Known, but not to be read: too old at the first poll of its feed, or kept back (`bot.feeds.identity`)."""


class ArticleState(StrEnum):
    """The state of an article on its way to claims."""

    READ = "read"
    EXTRACTED = "extracted"
    FAILED = "failed"


class SetbackStep(StrEnum):
    """A step whose items may have setbacks (`bot.store.setbacks`)."""

    EXTRACT = "extract"
    GROUP = "group"
    COMPOSE = "compose"
    REVIEW = "review"
    CORRECT = "correct"
    FOLLOW = "follow"


TYPES: Mapping[object, TypeEngine[Any] | type[TypeEngine[Any]]] = {
    int: BigInteger,
    str: Words,
    datetime: Moment,
    FeedState: one_of(FeedState),
    HubState: one_of(HubState),
    EntryState: one_of(EntryState),
    ArticleState: one_of(ArticleState),
    SetbackStep: one_of(SetbackStep),
    DeliveryState: one_of(DeliveryState),
    NoticeKind: one_of(NoticeKind),
    FollowKind: one_of(FollowKind),
    FollowRhythm: one_of(FollowRhythm),
    StoryChangeKind: one_of(StoryChangeKind),
    Fault: one_of(Fault),
    Decision: one_of(Decision),
    ActorChangeKind: one_of(ActorChangeKind),
    Origin: one_of(Origin),
    ActorType: one_of(ActorType),
    Kind: one_of(Kind),
    Wording: one_of(Wording),
    Cadence: one_of(Cadence),
    Layout: one_of(Layout),
    ForumPosts: one_of(ForumPosts),
    list[list[int]]: JSON,
    list[int]: JSON(none_as_null=True),
    list[str]: JSON,
    dict[str, float]: JSON,
    dict[str, Any]: JSON(none_as_null=True),
    float: Double,
    bool: Boolean,
    bytes: LargeBinary,
    date: Date,
    time: Time,
}
"""The type of a column by the type of its values in Python."""


def seconds_of(interval: timedelta | None) -> float | None:
    """Return an interval in the form in which columns store it."""
    return None if interval is None else interval.total_seconds()
