"""The command line of Hearsay, one module a command group.

A command parses its options, calls services and prints. `app.py` puts the commands together.
"""
