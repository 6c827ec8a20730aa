"""Slash commands, one module a command group; each is loaded as an extension."""
