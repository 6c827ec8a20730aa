"""Claims in the database: stored with their actors, searched, and traced back to their sentences.

Takes extractions; returns pages of claims and evidence. Reached through `Store.claims`.
"""
