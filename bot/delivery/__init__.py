"""Delivery: digests, claims and notices as Discord messages, the outbox, and the sender.

Values go in, payloads and posted messages come out. Below the client, only this room knows Discord. It also
renders for the terminal. Services, runner, cogs and the command line call it.
"""
