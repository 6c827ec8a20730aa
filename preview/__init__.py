"""A local Discord and a sample newsroom, for trying the bot without a token and for the tests."""
