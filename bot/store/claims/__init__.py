"""Claims in the database: stored with their actors, searched, and traced back to their sentences.

Extractions go in; pages of claims and evidence come out. Reached through `Store.claims`.
"""
