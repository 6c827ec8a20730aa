"""Who is meant: the source of every claim resolved to an actor of the article, or to nobody.

Claims, names and sentences go in; actors (with role, aliases, salience) and the claims' actors come out.
`component.py` is the way in, `resolver.py` walks through an article, and `rules.py` lists the rules that decide.
"""
