"""The workers and the fetcher of the feeds' tests."""

from tests.integration.feeds.conftest import fetcher, workers

__all__ = ["fetcher", "workers"]
