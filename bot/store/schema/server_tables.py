"""The tables of the servers: their feeds, choices, questions and messages."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped

from bot.model.actor_changes import ActorChangeKind
from bot.model.delivery import DeliveryState, NoticeKind
from bot.model.digests import Cadence, ForumPosts, Layout
from bot.model.reports import Decision, Fault
from bot.model.story_changes import StoryChangeKind
from bot.store.schema.rows import NUMBERED, Row, column, identity


class GuildFeedRow(Row):
    """A feed that a server has added."""

    __tablename__ = "guild_feeds"
    __table_args__ = (Index(None, "feed_id"),)
    guild_id: Mapped[int] = column(primary_key=True, autoincrement=False)
    feed_id: Mapped[int] = column(ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True)
    added_by: Mapped[int]
    added_at: Mapped[datetime]


class GuildSettingsRow(Row):
    """A server's own choices. None leaves a choice to Hearsay."""

    __tablename__ = "guild_settings"
    guild_id: Mapped[int] = column(primary_key=True, autoincrement=False)
    timezone: Mapped[str | None]
    language: Mapped[str | None]
    locale: Mapped[str | None]
    minimum_confidence: Mapped[float | None]
    correcting_role_id: Mapped[int | None]
    asking_role_id: Mapped[int | None]


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
    filter: Mapped[str] = column(server_default="")
    also_at: Mapped[list[str]] = column(server_default="[]")
    every_minutes: Mapped[int] = column(server_default="30")
    most_an_hour: Mapped[int] = column(server_default="6")
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    says_when_empty: Mapped[bool] = column(server_default=false())
    role_id: Mapped[int | None]
    publishes: Mapped[bool] = column(server_default=false())
    ping_button: Mapped[bool] = column(server_default=false())
    posts: Mapped[ForumPosts | None]
    tag_ids: Mapped[list[int]] = column(server_default="[]")
    as_outlet: Mapped[bool] = column(server_default=false())
    stories: Mapped[int] = column(server_default="5")
    claims: Mapped[int] = column(server_default="2")
    layout: Mapped[Layout] = column(server_default=Layout.EMBEDS.value)


class DeliveryRow(Row):
    """A message of a digest, in the outbox or posted. It outlives its subscription: posted messages stay."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("subscription_id", "slot", "part"),
        Index(None, "state", "next_try_at"),
        Index(None, "guild_id"),
        Index(None, "channel_id", "post_key"),
        Index(None, "compare_at"),
        NUMBERED,
    )
    id: Mapped[int] = identity()
    subscription_id: Mapped[int | None] = column(ForeignKey("subscriptions.id", ondelete="SET NULL"))
    guild_id: Mapped[int]
    channel_id: Mapped[int]
    slot: Mapped[datetime]
    part: Mapped[int]
    nonce: Mapped[str] = column(unique=True)
    payload: Mapped[dict[str, Any]]
    claim_ids: Mapped[list[int]]
    state: Mapped[DeliveryState]
    attempts: Mapped[int]
    attempted_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime]
    message_id: Mapped[int | None]
    error: Mapped[str | None]
    shows: Mapped[dict[str, Any] | None]
    """The stories of the message (`bot.digests.shown_stories`). None for messages of earlier versions."""
    checked_at: Mapped[datetime | None]
    """When the message was last compared with its articles, which may have been corrected."""
    compare_at: Mapped[datetime | None]
    """When to compare it with them because actors were changed. None: it need not be compared."""
    post_key: Mapped[str | None] = column(String(40))
    """In a forum: the subject of its post (`bot.delivery.forum_posts`). Messages with one key share a post."""
    thread_id: Mapped[int | None]
    """The forum post in which the message was posted."""


class EditRow(Row):
    """The new state of a posted message, in the outbox. Only the latest version is kept."""

    __tablename__ = "edits"
    __table_args__ = (Index(None, "state", "next_try_at"), NUMBERED)
    id: Mapped[int] = identity()
    delivery_id: Mapped[int] = column(ForeignKey("deliveries.id", ondelete="CASCADE"), unique=True)
    slot: Mapped[datetime]
    payload: Mapped[dict[str, Any]]
    state: Mapped[DeliveryState]
    attempts: Mapped[int]
    attempted_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime]
    message_id: Mapped[int | None]
    error: Mapped[str | None]


class ShownArticleRow(Row):
    """An article that a channel has been given. It is never given to it again, by any subscription.

    Until its message is posted, the row only reserves the article, and is deleted if the message is withdrawn.
    """

    __tablename__ = "shown_articles"
    channel_id: Mapped[int] = column(primary_key=True, autoincrement=False)
    article_id: Mapped[int] = column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    guild_id: Mapped[int]
    delivery_id: Mapped[int | None] = column(ForeignKey("deliveries.id", ondelete="SET NULL"))
    """The message. None for articles shown before messages were stored with them."""
    __table_args__ = (Index(None, "article_id"), Index(None, "delivery_id"), Index(None, "guild_id"))


class DepartedGuildRow(Row):
    """A server that removed the bot. Its rows are kept for a while: it may come back."""

    __tablename__ = "departed_guilds"
    guild_id: Mapped[int] = column(primary_key=True, autoincrement=False)
    left_at: Mapped[datetime]


class NoticeChannelRow(Row):
    """The channel for a server's warnings about failing feeds. None: no warnings. No row: where its oldest digest
    goes.
    """

    __tablename__ = "notice_channels"
    guild_id: Mapped[int] = column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int | None]


class NoticeRow(Row):
    """A message to a server's managers, in the outbox, about a feed or about a digest that cannot be posted.

    `episode` is when the feed began to fail, or the slot of the digest.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("guild_id", "feed_id", "kind", "episode"),
        UniqueConstraint("subscription_id", "kind", "episode"),
        Index(None, "state", "next_try_at"),
        Index(None, "feed_id"),
        NUMBERED,
    )
    id: Mapped[int] = identity()
    guild_id: Mapped[int]
    feed_id: Mapped[int | None] = column(ForeignKey("feeds.id", ondelete="CASCADE"))
    subscription_id: Mapped[int | None] = column(ForeignKey("subscriptions.id", ondelete="CASCADE"))
    kind: Mapped[NoticeKind]
    episode: Mapped[datetime]
    channel_id: Mapped[int]
    slot: Mapped[datetime]
    nonce: Mapped[str] = column(unique=True)
    payload: Mapped[dict[str, Any]]
    state: Mapped[DeliveryState]
    attempts: Mapped[int]
    attempted_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime]
    message_id: Mapped[int | None]
    error: Mapped[str | None]


class QueryRow(Row):
    """A question that somebody asked, stored for the controls under the answer. Who asked is not stored."""

    __tablename__ = "queries"
    __table_args__ = (Index(None, "created_at"), Index(None, "guild_id"), NUMBERED)
    id: Mapped[int] = identity()
    guild_id: Mapped[int | None]
    content: Mapped[dict[str, Any]] = column(server_default="{}")
    """The options as JSON (`bot.store.servers.kept_queries`)."""
    created_at: Mapped[datetime]


class OfferRow(Row):
    """An offer to somebody, stored for the controls under the answer. Who got it is not stored."""

    __tablename__ = "offers"
    __table_args__ = (Index(None, "created_at"), Index(None, "guild_id"), NUMBERED)
    id: Mapped[int] = identity()
    guild_id: Mapped[int]
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class StoryChangeRow(Row):
    """A change by a server's managers to its stories (`bot.model.story_changes`).

    A story was merged into the story `into_id`, or articles of it became the story `into_id`, which only this
    server sees.
    """

    __tablename__ = "story_changes"
    __table_args__ = (Index(None, "guild_id"), Index(None, "story_id"), Index(None, "into_id"), NUMBERED)
    id: Mapped[int] = identity()
    guild_id: Mapped[int]
    kind: Mapped[StoryChangeKind]
    story_id: Mapped[int] = column(ForeignKey("stories.id", ondelete="CASCADE"))
    into_id: Mapped[int] = column(ForeignKey("stories.id", ondelete="CASCADE"))
    article_ids: Mapped[list[int]]
    changed_by: Mapped[int]
    changed_at: Mapped[datetime]


class ActorChangeRow(Row):
    """A change to an actor, for a server or for all (`bot.model.actor_changes`).

    `actor_id` and `into_id` are actors as they were seen then: those created by a split have negative numbers.
    """

    __tablename__ = "actor_changes"
    __table_args__ = (Index(None, "guild_id"), NUMBERED)
    id: Mapped[int] = identity()
    guild_id: Mapped[int]
    kind: Mapped[ActorChangeKind]
    actor_id: Mapped[int]
    into_id: Mapped[int | None]
    name: Mapped[str | None]
    article_ids: Mapped[list[int]]
    changed_by: Mapped[int]
    changed_at: Mapped[datetime]


class ReportRow(Row):
    """A reader's report that a claim is wrong (`bot.model.reports`). It may outlive claim and article."""

    __tablename__ = "reports"
    __table_args__ = (
        Index(None, "guild_id", "claim_id"),
        Index(None, "reported_by"),
        Index(None, "reported_at"),
        NUMBERED,
    )
    id: Mapped[int] = identity()
    guild_id: Mapped[int]
    claim_id: Mapped[int]
    article_id: Mapped[int]
    url: Mapped[str]
    title: Mapped[str]
    sentence: Mapped[str]
    actor: Mapped[str | None]
    cue: Mapped[str]
    content: Mapped[str]
    fault: Mapped[Fault]
    remark: Mapped[str]
    reported_by: Mapped[int]
    reported_at: Mapped[datetime]


class ClaimDecisionRow(Row):
    """A decision about a claim for a server, or for all (`bot.model.reports`).

    It is about the words of the claim: if an article is read again, it applies to the claim with the same source
    and content. An undone decision stays until posted messages have been compared with it.
    """

    __tablename__ = "claim_decisions"
    __table_args__ = (
        UniqueConstraint("guild_id", "claim_id"),
        Index(None, "article_id"),
        Index(None, "decided_at"),
        NUMBERED,
    )
    id: Mapped[int] = identity()
    guild_id: Mapped[int]
    claim_id: Mapped[int]
    article_id: Mapped[int] = column(ForeignKey("articles.id", ondelete="CASCADE"))
    actor: Mapped[str | None]
    source_text: Mapped[str]
    content_text: Mapped[str]
    decision: Mapped[Decision]
    decided_by: Mapped[int]
    decided_at: Mapped[datetime]


class MetaRow(Row):
    """A fact about this installation."""

    __tablename__ = "meta"
    key: Mapped[str] = column(primary_key=True)
    value: Mapped[str]


class LeaseRow(Row):
    """An item that a process works on (`bot.store.leases`)."""

    __tablename__ = "leases"
    __table_args__ = (Index(None, "holder"),)
    topic: Mapped[str] = column(String(16), primary_key=True)
    item: Mapped[int] = column(primary_key=True, autoincrement=False)
    holder: Mapped[str] = column(String(16))
    since: Mapped[datetime]
    until: Mapped[datetime]


class RequestTurnRow(Row):
    """When the next request of a kind may leave, whichever process makes it (`bot.store.request_turns`)."""

    __tablename__ = "request_turns"
    name: Mapped[str] = column(String(16), primary_key=True)
    next_at: Mapped[datetime]


class RefusedRequestsRow(Row):
    """How many requests Discord refused in a minute, those of all processes together."""

    __tablename__ = "refused_requests"
    minute: Mapped[datetime] = column(primary_key=True)
    refused: Mapped[int]
