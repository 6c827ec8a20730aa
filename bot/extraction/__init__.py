"""Extraction: from a text to its actors and claims. Pure: no network, no database, no Discord."""
