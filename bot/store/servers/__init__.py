"""What Discord servers have: feeds, subscriptions, deliveries, notices, stored searches and offers.

Server ids and values go in, values come out. Nothing of one server is shown to another. Reached through
`Store.guilds`, `Store.subscriptions`, `Store.deliveries` and others.
"""
