"""The store as one thing, and how it is opened."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.clock import Clock, utc_now
from bot.errors import StoreError
from bot.store.articles import Articles
from bot.store.claims import Claims
from bot.store.database import Database, open_engine
from bot.store.deliveries import Deliveries
from bot.store.digests import Digests
from bot.store.explanations import Explanations
from bot.store.feeds import Feeds
from bot.store.filtering import Filtering
from bot.store.guilds import Guilds
from bot.store.meta import Meta
from bot.store.migration import current, revision_problem, upgrade
from bot.store.notices import Notices
from bot.store.offers import Offers
from bot.store.queries import Queries
from bot.store.retention import Retention
from bot.store.stories import Stories
from bot.store.subscriptions import Subscriptions


class Store:
    """All that Hearsay keeps. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.feeds = Feeds(database)
        self.guilds = Guilds(database)
        self.articles = Articles(database)
        self.claims = Claims(database)
        self.stories = Stories(database)
        self.subscriptions = Subscriptions(database)
        self.digests = Digests(database)
        self.filtering = Filtering(database)
        self.deliveries = Deliveries(database)
        self.notices = Notices(database)
        self.explanations = Explanations(database)
        self.queries = Queries(database)
        self.retention = Retention(database)
        self.offers = Offers(database)
        self.meta = Meta(database)


@asynccontextmanager
async def open_store(url: str, *, clock: Clock = utc_now, migrate: bool = True) -> AsyncIterator[Store]:
    """Open the database at `url` and close it at the end; `sqlite:///file.db` or `postgresql://…`.

    The schema is brought up to date first; where `migrate` is False it must be so already. Raises StoreError,
    whose message says what to do and never holds the password.
    """
    if migrate:
        await upgrade(url)
    else:
        problem = revision_problem(await current(url))
        if problem:
            raise StoreError(problem)
    engine = open_engine(url)
    try:
        yield Store(Database(engine, clock))
    finally:
        await engine.dispose()
