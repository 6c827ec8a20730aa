"""The tables, named by DESIGN.md's words. The schema itself is made by the migrations."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.articles.values import Origin
from bot.digests.values import Cadence
from bot.extraction.values import ActorType, Kind, Wording
from bot.feeds.values import FeedState
from bot.store.records import DeliveryState, NoticeKind

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment: aware and in UTC on both sides. A naive one is a mistake and refused."""

    impl = DateTime
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(timezone=True)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn to UTC; SQLite, which knows no zones, gets it bare."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give it back aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text from anywhere. What a database cannot hold (NUL, lone surrogates) is replaced, one for one."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Replace what cannot be stored, so that offsets into the text stay right."""
        return None if value is None else storable(value)


_UNSTORABLE = {0: 0xFFFD, **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)}


def storable(text: str) -> str:
    """Return `text` with each character that no database holds replaced by U+FFFD."""
    if text.isascii() and "\0" not in text:
        return text
    return text.translate(_UNSTORABLE)


Identity = BigInteger().with_variant(Integer(), "sqlite")
Comparable = String(64).with_variant(String(64, collation="C"), "postgresql")
"""Text whose ranges follow code points, so that a prefix is a range of an index."""


def one_of(values: type[StrEnum]) -> Enum:
    """Return the column type for an enumeration: its values as plain text."""
    return Enum(values, native_enum=False, length=16, values_callable=lambda e: [m.value for m in e])


class EntryState(StrEnum):
    """Where an entry stands on its way to an article."""

    NEW = "new"
    READ = "read"
    FAILED = "failed"
    SEEN = "seen"
    """Known, but not to be read: too old at the first poll of its feed, or kept back (`bot.feeds.identity`)."""


class ArticleState(StrEnum):
    """Where an article stands on its way to claims."""

    READ = "read"
    EXTRACTED = "extracted"
    FAILED = "failed"


class Row(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012
        int: BigInteger,
        str: Words,
        datetime: Moment,
        FeedState: one_of(FeedState),
        EntryState: one_of(EntryState),
        ArticleState: one_of(ArticleState),
        DeliveryState: one_of(DeliveryState),
        NoticeKind: one_of(NoticeKind),
        Origin: one_of(Origin),
        ActorType: one_of(ActorType),
        Kind: one_of(Kind),
        Wording: one_of(Wording),
        Cadence: one_of(Cadence),
        list[list[int]]: JSON,
        list[int]: JSON,
        dict[str, float]: JSON,
        dict[str, Any]: JSON,
    }


def identity() -> Mapped[int]:
    """Return a primary key whose numbers are never used again: old messages carry them."""
    return mapped_column(Identity, primary_key=True)


NUMBERED = {"sqlite_autoincrement": True}


class FeedRow(Row):
    """A feed, whoever has it."""

    __tablename__ = "feeds"
    __table_args__ = (Index(None, "next_poll_at"), Index(None, "state"), NUMBERED)
    id: Mapped[int] = identity()
    url: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    site_url: Mapped[str | None]
    state: Mapped[FeedState]
    kept_by_host: Mapped[bool]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_hash: Mapped[str | None]
    interval_s: Mapped[float | None]
    failures: Mapped[int]
    error: Mapped[str | None]
    last_polled_at: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    next_poll_at: Mapped[datetime]
    created_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    moved_to: Mapped[str | None]
    """Where permanent redirects point, until that has held for long enough to be followed."""
    moved_since: Mapped[datetime | None]
    moved_polls: Mapped[int] = mapped_column(server_default="0")
    skip_hours: Mapped[list[int]] = mapped_column(server_default="[]")
    skip_days: Mapped[list[int]] = mapped_column(server_default="[]")
    kept_back: Mapped[str | None]
    """Why entries of the last document were kept back, in words."""
    kept_back_at: Mapped[datetime | None]
    """When entries were kept back last; None again after a document that has known ones."""


class ItemHashesRow(Row):
    """By what the items of a feed's last document are known (`bot.feeds.trim`)."""

    __tablename__ = "item_hashes"
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True)
    hashes: Mapped[bytes]


class GuildFeedRow(Row):
    """A feed that a server has attached."""

    __tablename__ = "guild_feeds"
    __table_args__ = (Index(None, "feed_id"),)
    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True)
    added_by: Mapped[int]
    added_at: Mapped[datetime]


class EntryRow(Row):
    """An entry as its feed gives it. `read_at` is when it is to be read; None where it is not to be."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("feed_id", "key"),
        Index(None, "read_at"),
        Index(None, "article_id", "feed_id", "first_seen_at"),
        Index(None, "feed_id", "first_seen_at"),
        Index(None, "feed_id", "link_print"),
        Index(None, "feed_id", "title_print"),
        NUMBERED,
    )
    id: Mapped[int] = identity()
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id", ondelete="CASCADE"))
    key: Mapped[str]
    content_hash: Mapped[str]
    url: Mapped[str | None]
    title: Mapped[str]
    author: Mapped[str | None]
    published_at: Mapped[datetime | None]
    html: Mapped[str]
    first_seen_at: Mapped[datetime]
    state: Mapped[EntryState]
    attempts: Mapped[int]
    read_at: Mapped[datetime | None]
    error: Mapped[str | None]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id", ondelete="SET NULL"))
    link_print: Mapped[str] = mapped_column(server_default="")
    title_print: Mapped[str] = mapped_column(server_default="")
    content_print: Mapped[str] = mapped_column(server_default="")
    updated_at: Mapped[datetime | None]
    """When the feed says that the entry was changed."""
    rereads: Mapped[int] = mapped_column(server_default="0")
    reread_at: Mapped[datetime | None]
    """When it was last to be read again."""


class TombstoneRow(Row):
    """An entry that was purged: it never returns."""

    __tablename__ = "tombstones"
    __table_args__ = (Index(None, "feed_id", "link_print"),)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    link_print: Mapped[str]
    purged_at: Mapped[datetime]


class StoryRow(Row):
    """A story: the summed weights of its articles' terms."""

    __tablename__ = "stories"
    __table_args__ = (Index(None, "last_at"), NUMBERED)
    id: Mapped[int] = identity()
    terms: Mapped[dict[str, float]]
    size: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class ArticleRow(Row):
    """An article as read. `url_key` stands for the canonical address, which may be too long for an index."""

    __tablename__ = "articles"
    __table_args__ = (
        Index(None, "state", "story_id"),
        Index(None, "published_at"),
        Index(None, "story_id"),
        NUMBERED,
    )
    id: Mapped[int] = identity()
    url_key: Mapped[str] = mapped_column(String(64), unique=True)
    url: Mapped[str]
    outlet: Mapped[str]
    title: Mapped[str]
    author: Mapped[str | None]
    published_at: Mapped[datetime]
    language: Mapped[str | None]
    image_url: Mapped[str | None]
    text: Mapped[str]
    origin: Mapped[Origin]
    state: Mapped[ArticleState]
    attempts: Mapped[int]
    error: Mapped[str | None]
    read_at: Mapped[datetime]
    story_id: Mapped[int | None] = mapped_column(ForeignKey("stories.id", ondelete="SET NULL"))
    revisions: Mapped[int] = mapped_column(server_default="0")
    revised_at: Mapped[datetime | None]


class ArticleRevisionRow(Row):
    """An earlier version of an article, as it was until `replaced_at`. Number 1 is the first version."""

    __tablename__ = "article_revisions"
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    text_hash: Mapped[str] = mapped_column(String(64))
    claims: Mapped[int]
    """How many claims that version had."""
    replaced_at: Mapped[datetime]


class CopyRow(Row):
    """The text of an article in another outlet: the address only (`bot.store.copies`)."""

    __tablename__ = "article_copies"
    __table_args__ = (Index(None, "article_id"), NUMBERED)
    id: Mapped[int] = identity()
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    url_key: Mapped[str] = mapped_column(String(64), unique=True)
    url: Mapped[str]
    outlet: Mapped[str]
    title: Mapped[str]
    image_url: Mapped[str | None]
    published_at: Mapped[datetime]


class EntryCopyRow(Row):
    """An entry that leads to a copy of its article."""

    __tablename__ = "entry_copies"
    __table_args__ = (Index(None, "copy_id"),)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    copy_id: Mapped[int] = mapped_column(ForeignKey("article_copies.id", ondelete="CASCADE"))


class ArticlePrintRow(Row):
    """A number by which an article is found as the original of copies."""

    __tablename__ = "article_prints"
    __table_args__ = (Index(None, "article_id"),)
    print: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)


class ActorRow(Row):
    """An actor across articles. `folded` is its name as compared."""

    __tablename__ = "actors"
    __table_args__ = (Index(None, "folded"), NUMBERED)
    id: Mapped[int] = identity()
    name: Mapped[str]
    folded: Mapped[str]
    type: Mapped[ActorType]


class AliasRow(Row):
    """A name of an actor, its own among them. `links`: it is distinct enough to tell the actor by."""

    __tablename__ = "actor_aliases"
    actor_id: Mapped[int] = mapped_column(ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True)
    folded: Mapped[str] = mapped_column(primary_key=True)
    alias: Mapped[str]
    links: Mapped[bool]
    __table_args__ = (Index(None, "folded"),)


class ActorWordRow(Row):
    """A word of a name of an actor."""

    __tablename__ = "actor_words"
    word: Mapped[str] = mapped_column(Comparable, primary_key=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = (Index(None, "actor_id"),)


class ArticleActorRow(Row):
    """An actor in an article, as the article has it. `position` counts from 0, the key actor."""

    __tablename__ = "article_actors"
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str]
    folded: Mapped[str]
    role: Mapped[str | None]
    position: Mapped[int]
    salience: Mapped[float]
    claims: Mapped[int]
    """How many claims of the article are the actor's."""
    __table_args__ = (Index(None, "actor_id"),)


class ClaimRow(Row):
    """A claim. Spans are offsets into the text of its article."""

    __tablename__ = "claims"
    __table_args__ = (Index(None, "article_id", "position"), Index(None, "actor_id"), NUMBERED)
    id: Mapped[int] = identity()
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("actors.id", ondelete="SET NULL"))
    position: Mapped[int]
    source: Mapped[list[list[int]]]
    cue: Mapped[list[list[int]]]
    content: Mapped[list[list[int]]]
    evidence_start: Mapped[int]
    evidence_end: Mapped[int]
    source_text: Mapped[str]
    cue_text: Mapped[str]
    content_text: Mapped[str]
    kind: Mapped[Kind]
    verbatim: Mapped[Wording]
    confidence: Mapped[float]
    search_text: Mapped[str] = mapped_column(server_default="")
    """Folded words of content and actor: what full-text search looks in."""


class SubscriptionRow(Row):
    """A channel that gets digests."""

    __tablename__ = "subscriptions"
    __table_args__ = (Index(None, "next_at"), Index(None, "guild_id"), NUMBERED)
    id: Mapped[int] = identity()
    guild_id: Mapped[int]
    channel_id: Mapped[int]
    cadence: Mapped[Cadence]
    at: Mapped[time]
    weekday: Mapped[int]
    timezone: Mapped[str]
    feed_ids: Mapped[list[int]]
    minimum_confidence: Mapped[float]
    next_at: Mapped[datetime]
    created_by: Mapped[int]
    created_at: Mapped[datetime]
    paused_reason: Mapped[str | None]
    filter: Mapped[str] = mapped_column(server_default="")


class DeliveryRow(Row):
    """A message in the outbox."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("subscription_id", "slot", "part"),
        Index(None, "state", "next_try_at"),
        NUMBERED,
    )
    id: Mapped[int] = identity()
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscriptions.id", ondelete="CASCADE"))
    slot: Mapped[datetime]
    part: Mapped[int]
    nonce: Mapped[str] = mapped_column(unique=True)
    payload: Mapped[dict[str, Any]]
    claim_ids: Mapped[list[int]]
    state: Mapped[DeliveryState]
    attempts: Mapped[int]
    attempted_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime]
    message_id: Mapped[int | None]
    error: Mapped[str | None]


class ShownArticleRow(Row):
    """An article that a subscription has been given: never given to it again."""

    __tablename__ = "shown_articles"
    subscription_id: Mapped[int] = mapped_column(
        ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True
    )
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    slot: Mapped[datetime | None]
    """The slot of the digest that showed it; None for what was shown before slots were kept."""
    __table_args__ = (Index(None, "article_id"),)


class NoticeChannelRow(Row):
    """Where a server wants to be told of failing feeds. None: nowhere. No row: where its oldest digest goes."""

    __tablename__ = "notice_channels"
    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int | None]


class NoticeRow(Row):
    """A message about a feed to a server's managers, in the outbox. `episode` is when the feed began to fail."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("guild_id", "feed_id", "kind", "episode"),
        Index(None, "state", "next_try_at"),
        Index(None, "feed_id"),
        NUMBERED,
    )
    id: Mapped[int] = identity()
    guild_id: Mapped[int]
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id", ondelete="CASCADE"))
    kind: Mapped[NoticeKind]
    episode: Mapped[datetime]
    channel_id: Mapped[int]
    slot: Mapped[datetime]
    nonce: Mapped[str] = mapped_column(unique=True)
    payload: Mapped[dict[str, Any]]
    state: Mapped[DeliveryState]
    attempts: Mapped[int]
    attempted_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime]
    message_id: Mapped[int | None]
    error: Mapped[str | None]


class QueryRow(Row):
    """What somebody asked, kept for the buttons under the answer."""

    __tablename__ = "queries"
    __table_args__ = (Index(None, "created_at"), Index(None, "guild_id"), NUMBERED)
    id: Mapped[int] = identity()
    guild_id: Mapped[int | None]
    user_id: Mapped[int]
    actor: Mapped[str | None]
    topic: Mapped[str | None]
    since: Mapped[datetime | None]
    until: Mapped[datetime | None]
    minimum_confidence: Mapped[float]
    created_at: Mapped[datetime]


class OfferRow(Row):
    """What somebody was offered, kept for the controls under the answer."""

    __tablename__ = "offers"
    __table_args__ = (Index(None, "created_at"), Index(None, "guild_id"), NUMBERED)
    id: Mapped[int] = identity()
    guild_id: Mapped[int]
    user_id: Mapped[int]
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class MetaRow(Row):
    """A fact about this installation."""

    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


def seconds_of(interval: timedelta | None) -> float | None:
    """Return an interval as a column holds it."""
    return None if interval is None else interval.total_seconds()
