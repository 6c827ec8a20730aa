"""Claims in the database: stored with their actors, searched, and traced back to their sentence.

Extractions go in; pages of claims and evidence come out. Reached through `Store.claims`.
"""
