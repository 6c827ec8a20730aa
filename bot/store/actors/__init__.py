"""Actors in the database: linked across articles when claims are stored, and found by any of their names.

Called by the rooms that store and look up claims.
"""
