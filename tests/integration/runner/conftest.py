"""The workers of the feeds' tests."""

from tests.integration.feeds.conftest import workers

__all__ = ["workers"]
