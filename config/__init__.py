"""Settings, their defaults, and the starter list of feeds."""
