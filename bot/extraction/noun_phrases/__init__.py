"""How the words for somebody are built: head, name, role, organisation, clauses.

A run of words goes in ("the bank's chief economist, Mary Ort"), its parts come out. Pure functions; the rooms
above call it.
"""
