"""What Discord servers have: feeds, subscriptions, deliveries, notices, kept questions and offers.

Server ids and values go in and come out; nothing of one server is shown to another. Reached through
`Store.guilds`, `Store.subscriptions`, `Store.deliveries` and the like.
"""
