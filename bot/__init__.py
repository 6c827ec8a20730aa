"""The engine of Hearsay.

Rooms from the ground up: `model` (plain values); `text`, `workers`; `fetching`; then side by side `feeds`,
`articles`, `extraction`, `stories`, `digests`; `store`; `delivery`; `services` (what people ask for); `runner`
(what runs by itself); `app`, `client`, `serving`; `cli`. A room imports only from rooms below it (see
pyproject.toml).
"""

__version__ = "0.1.0"
