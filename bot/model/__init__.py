"""Plain values that every room passes around: feeds, articles, claims, stories, digests, deliveries, queries.

Frozen dataclasses and enums with no logic beyond their own invariants. They import nothing but each other, and
anybody may import them.
"""
