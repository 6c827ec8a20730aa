"""The workers of the feeds' tests, databases, and the world in which hubs push."""

from tests.databases import postgres, templates
from tests.integration.feeds.conftest import workers
from tests.integration.runner.websub_world import world

__all__ = ["postgres", "templates", "workers", "world"]
