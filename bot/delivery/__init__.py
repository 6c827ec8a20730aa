"""Delivery: from a digest to Discord messages, through an outbox."""
