"""Many processes on one PostgreSQL: what they get done, what it costs, and what they survive."""
