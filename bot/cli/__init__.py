"""The command line of Hearsay, one module a command group."""
