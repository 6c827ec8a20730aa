"""Digests: what to show, in what order, for which channel, at which local time.

Takes articles with claims and a subscription, and returns a `Digest`. Also holds filters, schedules, the merging
of equal claims, and the reasons why an article was or was not posted. Pure. Services and runner call it.
"""
