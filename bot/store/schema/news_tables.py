"""The tables of the news: feeds, entries, articles, stories, actors and claims."""

from datetime import date, datetime

from sqlalchemy import (
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped

from bot.model.articles import Origin
from bot.model.claims import ActorType, Kind, Wording
from bot.model.feeds import FeedState
from bot.model.websub import HubState
from bot.store.schema.columns import ArticleState, Comparable, EntryState, Identity, SetbackStep
from bot.store.schema.rows import NUMBERED, Row, column, identity


class FeedRow(Row):
    """A feed, whoever has it."""

    __tablename__ = "feeds"
    __table_args__ = (Index(None, "next_poll_at"), Index(None, "state"), NUMBERED)
    id: Mapped[int] = identity()
    url: Mapped[str] = column(unique=True)
    title: Mapped[str]
    site_url: Mapped[str | None]
    state: Mapped[FeedState]
    kept_by_host: Mapped[bool]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_hash: Mapped[str | None]
    wire_hash: Mapped[str | None]
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
    """The target of permanent redirects, until they have lasted long enough to be followed."""
    moved_since: Mapped[datetime | None]
    moved_polls: Mapped[int] = column(server_default="0")
    skip_hours: Mapped[list[int]] = column(server_default="[]")
    skip_days: Mapped[list[int]] = column(server_default="[]")
    kept_back: Mapped[str | None]
    """Why entries of the last document were kept back, in words."""


class ItemHashesRow(Row):
    """Hashes of the items of a feed's last document (`bot.feeds.trim`)."""

    __tablename__ = "item_hashes"
    feed_id: Mapped[int] = column(ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True)
    hashes: Mapped[bytes]


class HubSubscriptionRow(Row):
    """The subscription to a hub that a feed announces (`bot.model.websub`). `token` and `secret` are secret."""

    __tablename__ = "hub_subscriptions"
    __table_args__ = (Index(None, "next_at"),)
    feed_id: Mapped[int] = column(ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True)
    hubs: Mapped[list[str]]
    announced_topic: Mapped[str]
    state: Mapped[HubState]
    hub: Mapped[str]
    topic: Mapped[str]
    token: Mapped[str]
    secret: Mapped[str]
    asked_at: Mapped[datetime | None]
    pending: Mapped[bool]
    next_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    failures: Mapped[int]
    method: Mapped[str | None]
    pushed_at: Mapped[datetime | None]
    pushes: Mapped[int]
    """How many pushes have come since the last poll."""
    confirmed: Mapped[int]
    """How many polls in a row found nothing that had not been pushed."""
    unread_at: Mapped[datetime | None]
    """When a push was acknowledged that has not been read yet. None if all have been read."""
    error: Mapped[str | None]


class EntryRow(Row):
    """An entry of a feed. `read_at` is when to read it; None if it is not to be read."""

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
    feed_id: Mapped[int] = column(ForeignKey("feeds.id", ondelete="CASCADE"))
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
    article_id: Mapped[int | None] = column(ForeignKey("articles.id", ondelete="SET NULL"))
    link_print: Mapped[str] = column(server_default="")
    title_print: Mapped[str] = column(server_default="")
    content_print: Mapped[str] = column(server_default="")
    updated_at: Mapped[datetime | None]
    """When the entry was changed, according to the feed."""
    rereads: Mapped[int] = column(server_default="0")
    reread_at: Mapped[datetime | None]
    """When it was last queued to be read again."""


class TombstoneRow(Row):
    """An entry that was purged and never returns."""

    __tablename__ = "tombstones"
    __table_args__ = (Index(None, "feed_id", "link_print"),)
    feed_id: Mapped[int] = column(ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = column(primary_key=True)
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


class StoryAliasRow(Row):
    """The id of a story whose articles became part of another one."""

    __tablename__ = "story_aliases"
    __table_args__ = (Index(None, "story_id"),)
    former_id: Mapped[int] = column(primary_key=True, autoincrement=False)
    story_id: Mapped[int] = column(ForeignKey("stories.id", ondelete="CASCADE"))


class ArticleRow(Row):
    """An article as read. `url_key` stands for the canonical address, which may be too long for an index."""

    __tablename__ = "articles"
    __table_args__ = (
        Index(None, "state", "story_id"),
        Index(None, "published_at"),
        Index(None, "outlet"),
        Index(None, "read_at"),
        Index(None, "story_id"),
        Index(None, "revised_at"),
        Index(None, "withdrawn_at"),
        NUMBERED,
    )
    id: Mapped[int] = identity()
    url_key: Mapped[str] = column(String(64), unique=True)
    url: Mapped[str]
    outlet: Mapped[str]
    title: Mapped[str]
    author: Mapped[str | None]
    published_at: Mapped[datetime]
    language: Mapped[str | None]
    image_url: Mapped[str | None]
    origin: Mapped[Origin]
    state: Mapped[ArticleState]
    attempts: Mapped[int]
    error: Mapped[str | None]
    read_at: Mapped[datetime]
    story_id: Mapped[int | None] = column(ForeignKey("stories.id", ondelete="SET NULL"))
    revisions: Mapped[int] = column(server_default="0")
    revised_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    """When its page was first found to be gone."""


class ArticleTextRow(Row):
    """The text of an article, unless there is none or it is no longer stored (`bot.store.articles.texts`).

    On PostgreSQL the table is partitioned (`bot.store.articles.text_partitions`). Its migration says so: declaring
    it here would load SQLAlchemy's parts for PostgreSQL everywhere.
    """

    __tablename__ = "article_texts"
    article_id: Mapped[int] = column(Identity, primary_key=True, autoincrement=False)
    text: Mapped[str]


class ArticleRevisionRow(Row):
    """An earlier version of an article, current until `replaced_at`. Number 1 is the first version."""

    __tablename__ = "article_revisions"
    article_id: Mapped[int] = column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    text_hash: Mapped[str] = column(String(64))
    claims: Mapped[int]
    """How many claims that version had."""
    replaced_at: Mapped[datetime]


class CopyRow(Row):
    """The text of an article in another outlet: the address only (`bot.store.articles.copies`)."""

    __tablename__ = "article_copies"
    __table_args__ = (Index(None, "article_id"), Index(None, "outlet"), NUMBERED)
    id: Mapped[int] = identity()
    article_id: Mapped[int] = column(ForeignKey("articles.id", ondelete="CASCADE"))
    url_key: Mapped[str] = column(String(64), unique=True)
    url: Mapped[str]
    outlet: Mapped[str]
    title: Mapped[str]
    image_url: Mapped[str | None]
    published_at: Mapped[datetime]


class EntryCopyRow(Row):
    """An entry that leads to a copy of its article."""

    __tablename__ = "entry_copies"
    __table_args__ = (Index(None, "copy_id"),)
    entry_id: Mapped[int] = column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    copy_id: Mapped[int] = column(ForeignKey("article_copies.id", ondelete="CASCADE"))


class ArticlePrintRow(Row):
    """A number by which an article is recognised as the original of copies."""

    __tablename__ = "article_prints"
    __table_args__ = (Index(None, "article_id"),)
    print: Mapped[int] = column(primary_key=True, autoincrement=False)
    article_id: Mapped[int] = column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)


class ActorRow(Row):
    """An actor across articles. `folded` is its name in the form used for comparisons."""

    __tablename__ = "actors"
    __table_args__ = (Index(None, "folded"), NUMBERED)
    id: Mapped[int] = identity()
    name: Mapped[str]
    folded: Mapped[str]
    type: Mapped[ActorType]


class AliasRow(Row):
    """A name of an actor, including its own. `links` says that it is distinctive enough to identify the actor."""

    __tablename__ = "actor_aliases"
    actor_id: Mapped[int] = column(ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True)
    folded: Mapped[str] = column(primary_key=True)
    alias: Mapped[str]
    links: Mapped[bool]
    __table_args__ = (Index(None, "folded"),)


class ActorWordRow(Row):
    """A word in a name of an actor."""

    __tablename__ = "actor_words"
    word: Mapped[str] = column(Comparable, primary_key=True)
    actor_id: Mapped[int] = column(ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = (Index(None, "actor_id"),)


class ArticleActorRow(Row):
    """An actor as named in an article. `position` counts from 0, the key actor."""

    __tablename__ = "article_actors"
    article_id: Mapped[int] = column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    actor_id: Mapped[int] = column(ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str]
    folded: Mapped[str]
    role: Mapped[str | None]
    position: Mapped[int]
    salience: Mapped[float]
    claims: Mapped[int]
    """How many claims of the article are by the actor."""
    __table_args__ = (Index(None, "actor_id"),)


class ClaimRow(Row):
    """A claim. Spans are offsets into the text of its article."""

    __tablename__ = "claims"
    __table_args__ = (Index(None, "article_id", "position"), Index(None, "actor_id"), NUMBERED)
    id: Mapped[int] = identity()
    article_id: Mapped[int] = column(ForeignKey("articles.id", ondelete="CASCADE"))
    actor_id: Mapped[int | None] = column(ForeignKey("actors.id", ondelete="SET NULL"))
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
    claim_confidence: Mapped[float | None]
    actor_confidence: Mapped[float | None]
    """May be None, as the previous one may: extracted before this was determined, or no actor is named."""
    hedged: Mapped[bool | None]
    """May be None, as the next four may: extracted before this was determined."""
    addressee: Mapped[list[int] | None]
    addressee_text: Mapped[str | None]
    time: Mapped[list[int] | None]
    time_text: Mapped[str | None]
    told_by: Mapped[list[str] | None]
    """The people who pass it on, by name or in the article's words, the closest to the speaker first."""
    passes_on: Mapped[int | None]
    """The position of the claim that this one passes on, if it says nothing else."""
    taken_back: Mapped[list[int] | None]
    taken_back_text: Mapped[str | None]
    due: Mapped[list[int] | None]
    due_text: Mapped[str | None]
    due_on: Mapped[date | None]
    """The last day of the period that a promise names, counted from the day of the article."""
    refers_to: Mapped[list[int] | None]
    refers_to_text: Mapped[str | None]
    """The referent of the pronoun that opens the content."""
    search_text: Mapped[str] = column(server_default="")
    """The folded words of content and actor, for full-text search."""


class FeedClaimRow(Row):
    """A claim as a feed brought it: the data by which its server finds it, entirely in two indexes.

    Triggers maintain the rows. `at` is when the article was published, in seconds since 1970. `place` is minus the
    claim's position: an index read backwards gives the claims of an article in their order.
    """

    __tablename__ = "feed_claims"
    claim_id: Mapped[int] = column(primary_key=True, autoincrement=False)
    feed_id: Mapped[int] = column(primary_key=True, autoincrement=False)
    at: Mapped[int]
    article_id: Mapped[int]
    place: Mapped[int]
    confidence: Mapped[float]
    kind: Mapped[Kind]
    verbatim: Mapped[Wording]
    actor_id: Mapped[int | None]
    __table_args__ = (
        Index(
            "ix_feed_claims_of_feed",
            *("feed_id", "at", "article_id", "place", "claim_id", "confidence", "kind", "verbatim", "actor_id"),
        ),
        Index(
            "ix_feed_claims_of_actor", "actor_id", "feed_id", "at", "article_id", "place", "claim_id", "confidence"
        ),
        {"sqlite_with_rowid": False},
    )


class ClaimExcerptRow(Row):
    """The sentences of a claim whose article's text is no longer stored. `start` is their offset in it."""

    __tablename__ = "claim_excerpts"
    claim_id: Mapped[int] = column(ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str]
    start: Mapped[int]
    cut_before: Mapped[bool]
    cut_after: Mapped[bool]


class SetbackRow(Row):
    """An item that a step could not process (`bot.store.setbacks`): an article, a digest or a feed, by its id."""

    __tablename__ = "setbacks"
    __table_args__ = (Index(None, "retry_at"),)
    step: Mapped[SetbackStep] = column(primary_key=True)
    item_id: Mapped[int] = column(primary_key=True, autoincrement=False)
    failures: Mapped[int]
    error: Mapped[str]
    retry_at: Mapped[datetime]
