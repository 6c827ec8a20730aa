"""The data of Discord servers: feeds, subscriptions, deliveries, notices, stored searches and offers.

Takes server ids and values, and returns values. Nothing of one server is shown to another. Reached through
`Store.guilds`, `Store.subscriptions`, `Store.deliveries` and others.
"""
