"""What people ask for: feeds, subscriptions, digests, claims, filters, explanations, health.

Cogs and the command line call these functions and nothing below them. `guild_id` None means the host on the
command line. The host's feeds are kept even if no server has them, and the host sees everything.
"""
