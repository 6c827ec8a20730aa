"""Slash commands, one module per command group. Each is loaded as an extension."""
