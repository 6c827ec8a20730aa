"""Feeds and entries in the database: what polls found, which entries are known, feeds that moved.

Poll outcomes go in; due feeds, feeds and entries come out. Reached through `Store.feeds`.
"""
