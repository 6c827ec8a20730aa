"""Counters of what the bot does, and the parts whose health it reports."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

Health = Callable[[], Awaitable[dict[str, bool]]]
"""Returns the parts of the bot and whether each works."""

HEALTH_PARTS = ("store", "discord")
"""The parts of the running bot that /healthz reports."""
READY_PARTS = (*HEALTH_PARTS, "workers")
"""Those that /readyz reports: it waits until the workers have answered, too."""


@dataclass(frozen=True, slots=True)
class MetricDescription:
    """A metric as /metrics shows it."""

    name: str
    kind: str
    labels: tuple[str, ...]
    meaning: str


class Metrics:
    """The counters of one running bot, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.polls = Counter(
            "hearsay_polls", "Polls of feeds, by how they ended.", ["status"], registry=self.registry
        )
        self.entries_read = Counter(
            "hearsay_entries_read", "Entries whose page was read or given up.", registry=self.registry
        )
        self.articles_extracted = Counter(
            "hearsay_articles_extracted", "Articles analysed.", registry=self.registry
        )
        self.messages_posted = Counter(
            "hearsay_messages_posted", "Digest messages posted.", registry=self.registry
        )
        self.commands = Counter(
            "hearsay_commands", "Slash commands answered, by name.", ["command"], registry=self.registry
        )
        self.item_failures = Counter(
            "hearsay_item_failures",
            "Items (feeds, entries, articles, digests, messages) that failed in a step and are retried later.",
            ["step"],
            registry=self.registry,
        )
        self.waiting = Gauge(
            "hearsay_waiting",
            "Waiting entries and articles: to be read, to be retried, to be analysed.",
            ["what"],
            registry=self.registry,
        )
        self.setbacks = Gauge(
            "hearsay_setbacks", "Items that are retried later, by step.", ["step"], registry=self.registry
        )
        self.step_failures = Counter(
            "hearsay_step_failures",
            "Steps that failed and were retried.",
            ["step"],
            registry=self.registry,
        )
        self.article_lag = Histogram(
            "hearsay_article_lag_seconds",
            "From the publication of an article to its claims, in seconds.",
            buckets=(60, 300, 900, 1800, 3600, 7200, 21_600, 86_400),
            registry=self.registry,
        )
        self.digest_lag = Histogram(
            "hearsay_digest_lag_seconds",
            "From the time of a digest to each of its posted messages, in seconds.",
            buckets=(1, 5, 15, 60, 300, 900, 3600, 21_600),
            registry=self.registry,
        )
        self.queue_jobs = Gauge(
            "hearsay_queue_jobs",
            "Jobs in a queue, waiting or running. Shown by the scheduler.",
            ["queue", "state"],
            registry=self.registry,
        )
        self.queue_age = Gauge(
            "hearsay_queue_age_seconds",
            "How long the oldest waiting job of a queue has waited. Shown by the scheduler.",
            ["queue"],
            registry=self.registry,
        )
        self.oldest_due_feed = Gauge(
            "hearsay_oldest_due_feed_seconds",
            "For how long the feed that has waited longest has been due. With roles, shown by the scheduler.",
            registry=self.registry,
        )
        self.hub_subscriptions = Gauge(
            "hearsay_hub_subscriptions",
            "Feeds with a hub, by the state of the subscription.",
            ["state"],
            registry=self.registry,
        )
        self.hub_requests = Counter(
            "hearsay_hub_requests",
            "Requests to hubs, by mode and result.",
            ["mode", "result"],
            registry=self.registry,
        )
        self.hub_pushes = Counter(
            "hearsay_hub_pushes",
            "Documents pushed by hubs, by result.",
            ["result"],
            registry=self.registry,
        )

    def described(self) -> list["MetricDescription"]:
        """Return all metrics as the reference lists them."""
        found = []
        for metric in vars(self).values():
            if isinstance(metric, Counter | Gauge | Histogram):
                (family,) = metric.describe()
                name = family.name + ("_total" if family.type == "counter" else "")
                # the library has no public name for the labels
                labels = tuple(metric._labelnames)  # noqa: SLF001
                found.append(MetricDescription(name, family.type, labels, family.documentation))
        return found
