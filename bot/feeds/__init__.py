"""Feeds: which one is due, polling, parsing, discovery, and which entries are new.

Takes poll targets, and returns poll outcomes with parsed entries. Parsing runs in worker processes. The runner and
the services call it; it knows neither the store nor Discord.
"""
