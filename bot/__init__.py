"""The engine of Hearsay: feeds, articles, extraction, stories, digests, delivery, store and jobs."""

__version__ = "0.1.0"
