"""Digests: what to show, in what order, for which channel, at which local time.

Articles with claims and a subscription go in, a `Digest` comes out. Filters, schedules, the merging of equal
claims, and the reasons why an article was or was not posted are here, too. Pure. Services and runner call it.
"""
