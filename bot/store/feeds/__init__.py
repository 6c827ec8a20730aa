"""Feeds and entries in the database: results of polls, known entries, feeds that moved.

Takes poll outcomes; returns due feeds, feeds and entries. Reached through `Store.feeds`.
"""
