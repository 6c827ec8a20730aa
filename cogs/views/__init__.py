"""Buttons, paginators and modals that the cogs share."""
