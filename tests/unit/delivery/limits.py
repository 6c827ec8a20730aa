"""Discord's documented limits on messages, as a function of a payload. Lengths are in UTF-16 units."""

from typing import Any
from urllib.parse import urlsplit


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def problems_of(payload: dict[str, Any]) -> list[str]:
    """Return what Discord would refuse in `payload`, or nothing."""
    found: list[str] = []
    embeds = payload["embeds"]
    if not 1 <= len(embeds) <= 10:
        found.append(f"{len(embeds)} embeds")
    total = 0
    for embed in embeds:
        texts = {
            "title": (embed.get("title"), 256),
            "description": (embed.get("description"), 4_096),
            "footer": (embed.get("footer", {}).get("text"), 2_048),
            "author": (embed.get("author", {}).get("name"), 256),
        }
        for name, (text, most) in texts.items():
            if text is None:
                continue
            if not text.strip() or units(text) > most:
                found.append(f"{name}: {units(text)} units")
            total += units(text)
        if embed.get("fields"):
            found.append("fields are not used")
        linked = [url for url in (embed.get("url"), embed.get("thumbnail", {}).get("url")) if url is not None]
        found += [f"url {u}" for u in linked if urlsplit(u).scheme not in {"http", "https"} or units(u) > 2_048]
    if total > 6_000:
        found.append(f"{total} units over all embeds")
    return found + _component_problems(payload["components"])


def _component_problems(rows: list[dict[str, Any]]) -> list[str]:
    found: list[str] = []
    parts = [part for row in rows for part in row["components"]]
    ids = [part["custom_id"] for part in parts if "custom_id" in part]
    selects = [part for part in parts if part["type"] == 3]
    buttons = [part for part in parts if part["type"] != 3]
    if len(rows) > 5 or any(not 1 <= len(row["components"]) <= 5 for row in rows):
        found.append("rows")
    if len(ids) != len(set(ids)):
        found.append(f"custom ids: {ids}")
    found += [f"custom id {i}" for i in ids if not 1 <= len(i) <= 100]
    found += [f"label {b['label']}" for b in buttons if not 1 <= units(b["label"]) <= 80]
    found += [f"button {b}" for b in buttons if ("url" in b) == ("custom_id" in b)]
    for select in selects:
        values = [option["value"] for option in select["options"]]
        texts = [option[name] for option in select["options"] for name in option]
        if not 1 <= len(values) <= 25 or len(values) != len(set(values)) or select["max_values"] > len(values):
            found.append(f"options {values}")
        found += [f"option {text}" for text in texts if not 1 <= units(text) <= 100]
        found += ["placeholder"] * (not 1 <= units(select["placeholder"]) <= 150)
    return found + [f"button url {b['url']}" for b in buttons if len(b.get("url", "")) > 512]
