"""Delivery: digests, claims and notices as Discord messages, the outbox's order, and the sender.

Values go in, payloads and posted messages come out. Below the client the only room that knows Discord; it also
renders for the terminal. Services, runner, cogs and the command line call it.
"""
