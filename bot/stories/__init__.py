"""Stories: articles of different outlets about one event, grouped.

Articles' words and times go in, the story each belongs to comes out. Pure; the runner calls it.
"""
