"""The command line of Hearsay, one module for each command group.

A command parses its options, calls services and prints. `app.py` assembles them.
"""
