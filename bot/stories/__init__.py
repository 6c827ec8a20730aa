"""Stories: articles of different outlets about one event."""
