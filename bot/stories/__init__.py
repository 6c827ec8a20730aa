"""Stories: articles of different outlets about one event, grouped.

Takes the words and times of articles, and returns the story of each. Pure. The runner calls it.
"""
