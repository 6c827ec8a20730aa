"""Delivery: digests, claims and notices as Discord messages, the outbox, and the sender.

Takes values, and returns payloads and posted messages. Below the client, only this room knows Discord. It also
renders for the terminal. Services, runner, cogs and the command line call it.
"""
