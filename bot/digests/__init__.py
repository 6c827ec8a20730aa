"""Digests: what to show, in what order, for which channel, at which local time."""
