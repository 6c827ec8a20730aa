"""Feeds: which one is due, polling, parsing, discovery, and which entries are new.

Poll targets go in, poll outcomes with parsed entries come out. Parsing runs in worker processes. The runner and
the services call it; it knows neither the store nor Discord.
"""
