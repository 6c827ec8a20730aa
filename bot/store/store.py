"""The store, and how it is opened."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.clock import Clock, utc_now
from bot.errors import StoreError
from bot.store.actors.actor_changes import ActorChanges
from bot.store.articles.articles import Articles
from bot.store.articles.outlets import Outlets
from bot.store.articles.stories import Stories
from bot.store.claims.claim_decisions import ClaimDecisions
from bot.store.claims.claims import Claims
from bot.store.claims.counts_by_day import ClaimCounts
from bot.store.database import CONNECTIONS, Database, open_engine
from bot.store.due_work import DueWork
from bot.store.far_times import FarTimes
from bot.store.feeds.entry_states import EntryStates
from bot.store.feeds.feeds import Feeds
from bot.store.feeds.hub_subscriptions import HubSubscriptions
from bot.store.leases import Leases
from bot.store.overview import Overview
from bot.store.request_turns import RequestTurns
from bot.store.retention import Retention
from bot.store.servers.deliveries import Deliveries
from bot.store.servers.digest_candidates import Digests
from bot.store.servers.edits import Edits
from bot.store.servers.explanations import Explanations
from bot.store.servers.feed_offers import Offers
from bot.store.servers.filterable_articles import Filtering
from bot.store.servers.follows import Follows
from bot.store.servers.guilds import Guilds
from bot.store.servers.installation import InstallationFacts
from bot.store.servers.kept_queries import Queries
from bot.store.servers.letters import Letters
from bot.store.servers.notices import Notices
from bot.store.servers.personal_data import PersonalData
from bot.store.servers.readings import Readings
from bot.store.servers.reports import Reports
from bot.store.servers.server_settings import AllServerSettings
from bot.store.servers.story_changes import StoryChanges
from bot.store.servers.subscriptions import Subscriptions
from bot.store.setbacks import Setbacks
from bot.store.upgrade import current, revision_problem, upgrade


class Store:
    """Everything that Hearsay stores. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.leases = leases = Leases(database)
        self.request_turns = RequestTurns(database)
        self.feeds = Feeds(database)
        self.hub_subscriptions = HubSubscriptions(database)
        self.entry_states = EntryStates(database)
        self.guilds = Guilds(database)
        self.server_settings = AllServerSettings(database)
        self.personal_data = PersonalData(database)
        self.articles = Articles(database, leases)
        self.actor_changes = actor_changes = ActorChanges(database)
        self.claims = Claims(database, actor_changes)
        self.claim_counts = ClaimCounts(database, actor_changes)
        self.reports = Reports(database)
        self.claim_decisions = ClaimDecisions(database)
        self.stories = Stories(database)
        self.story_changes = StoryChanges(database)
        self.outlets = Outlets(database)
        self.subscriptions = Subscriptions(database, leases)
        self.digests = Digests(database, actor_changes)
        self.filtering = Filtering(database, actor_changes)
        self.deliveries = Deliveries(database, leases)
        self.edits = Edits(database, leases)
        self.notices = Notices(database, leases)
        self.follows = Follows(database)
        self.letters = Letters(database, leases)
        self.explanations = Explanations(database, actor_changes)
        self.queries = Queries(database)
        self.readings = Readings(database)
        self.retention = Retention(database)
        self.offers = Offers(database)
        self.setbacks = Setbacks(database)
        self.far_times = FarTimes(database)
        self.installation = InstallationFacts(database)
        self.overview = Overview(database, self.entry_states)
        self.due_work = DueWork(database, leases, self.subscriptions, self.deliveries)


@asynccontextmanager
async def open_store(
    url: str, *, clock: Clock = utc_now, migrate: bool = True, connections: int = CONNECTIONS
) -> AsyncIterator[Store]:
    """Open the database at `url` (`sqlite:///file.db` or `postgresql://…`) and close it at the end.

    At most `connections` connections are open at a time.

    The schema is upgraded first. If `migrate` is False, it must be current already. Raises StoreError, whose
    message says what to do and never contains the password.
    """
    if migrate:
        await upgrade(url)
    else:
        problem = revision_problem(await current(url))
        if problem:
            raise StoreError(problem)
    engine = open_engine(url, connections=connections)
    try:
        yield Store(Database(engine, clock))
    finally:
        await engine.dispose()
