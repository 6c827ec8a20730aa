"""Stories: articles of different outlets about one event, grouped.

The words and times of articles go in; the story of each comes out. Pure. The runner calls it.
"""
