"""Feeds: which is due, conditional GET, parsing, new entries."""
