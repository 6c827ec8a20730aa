"""The tables of people's own data: what they had read, and what they follow."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped

from bot.model.delivery import DeliveryState
from bot.model.follows import FollowKind, FollowRhythm
from bot.store.schema.rows import NUMBERED, Row, column, identity


class ReadingRow(Row):
    """A page or a text that somebody had read (`bot.model.readings`). Who that was is not stored.

    `subject` stands for the page or text asked about. `token` is known only to those who were shown the answer.
    """

    __tablename__ = "readings"
    __table_args__ = (
        Index(None, "subject", "read_at"),
        Index(None, "kept_until"),
    )
    token: Mapped[str] = column(String(16), primary_key=True)
    subject: Mapped[str] = column(String(64))
    content: Mapped[dict[str, Any]]
    read_at: Mapped[datetime]
    kept_until: Mapped[datetime]


class FollowRow(Row):
    """Something that a person or a channel follows (`bot.model.follows`).

    `folded` is the subject in the form used for comparisons. A removed one is kept for a day: it may come back.
    """

    __tablename__ = "follows"
    __table_args__ = (
        Index(None, "user_id"),
        Index(None, "guild_id"),
        Index(None, "channel_id"),
        Index(None, "next_at"),
        NUMBERED,
    )
    id: Mapped[int] = identity()
    user_id: Mapped[int]
    guild_id: Mapped[int]
    channel_id: Mapped[int]
    private: Mapped[bool]
    kind: Mapped[FollowKind]
    name: Mapped[str]
    folded: Mapped[str]
    story_id: Mapped[int | None]
    rhythm: Mapped[FollowRhythm]
    at: Mapped[time]
    timezone: Mapped[str]
    language: Mapped[str]
    since: Mapped[datetime]
    muted_until: Mapped[datetime | None]
    paused_reason: Mapped[str | None]
    pause_told: Mapped[bool]
    """Whether the person has been told of the pause."""
    next_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    """When a letter was last written for it."""
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class LetterRow(Row):
    """A message about what is followed, in the outbox or posted. `user_id` is the person of a direct message."""

    __tablename__ = "letters"
    __table_args__ = (
        Index(None, "state", "next_try_at"),
        Index(None, "guild_id"),
        Index(None, "user_id"),
        NUMBERED,
    )
    id: Mapped[int] = identity()
    guild_id: Mapped[int]
    user_id: Mapped[int | None]
    channel_id: Mapped[int]
    private: Mapped[bool]
    slot: Mapped[datetime]
    nonce: Mapped[str] = column(unique=True)
    payload: Mapped[dict[str, Any]]
    claim_ids: Mapped[list[int]]
    state: Mapped[DeliveryState]
    attempts: Mapped[int]
    attempted_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime]
    message_id: Mapped[int | None]
    error: Mapped[str | None]


class ToldArticleRow(Row):
    """An article that a channel, or a person by direct message, was told of. They are never told of it again."""

    __tablename__ = "told_articles"
    channel_id: Mapped[int] = column(primary_key=True, autoincrement=False)
    article_id: Mapped[int] = column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    letter_id: Mapped[int] = column(ForeignKey("letters.id", ondelete="CASCADE"))
    __table_args__ = (Index(None, "article_id"), Index(None, "letter_id"))
