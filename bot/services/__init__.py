"""What people ask for: feeds, subscriptions, digests, claims, filters, explanations, health.

Cogs and the command line call these functions and nothing below them. `guild_id` None stands for the host, who
asks on the command line: the host's feeds are kept whether or not a server has them, and the host sees
everything.
"""
