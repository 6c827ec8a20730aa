"""Answers as files: CSV, JSON, and citations."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.delivery.citations import bibtex, csl_items
from bot.delivery.claim_rows import ClaimRow, as_json
from bot.errors import BadInput
from bot.languages.translations import _
from bot.model.claims import ClaimRecord
from bot.model.exports import ExportFormat
from bot.model.trends import Trend

ENDINGS = {
    ExportFormat.CSV: "csv",
    ExportFormat.JSON: "json",
    ExportFormat.BIBTEX: "bib",
    ExportFormat.CSL: "csl.json",
}
LABELS = {
    ExportFormat.CSV: "CSV",
    ExportFormat.JSON: "JSON",
    ExportFormat.BIBTEX: "BibTeX",
    ExportFormat.CSL: "CSL-JSON",
}
_FORMULAS = tuple("=+-@＝＋－＠\t\r\n")
"""Characters at the start of a cell that make spreadsheets run it (OWASP, CSV injection), full width included."""
_NEXT_CELL = re.compile(r"(?<=[;|\t\r\n])([ \xa0]*)(?=[=+\-@＝＋－＠])")
"""Where a formula would begin in a spreadsheet that separates cells differently: after ";", as in much of Europe.
"""
_COLUMNS = (
    "actor", "role", "content_text", "kind", "verbatim", "cue_text", "outlet", "published_at", "title", "url",
    "author", "confidence", "told_by", "taken_back", "due", "due_on", "also_in", "id", "article_id",
)  # fmt: skip
_TREND_COLUMNS = ("subject", "name", "times", "recent", "recent_all", "before", "before_all", "days")


def exported_claims(claims: Sequence[ClaimRecord], wanted: ExportFormat, now: datetime) -> bytes:
    """Return claims as a file, in their order. Citations are those of their articles, as accessed `now`."""
    if wanted is ExportFormat.BIBTEX:
        return bibtex(csl_items(claims, now)).encode()
    if wanted is ExportFormat.CSL:
        return _json(csl_items(claims, now))
    rows = [as_json(ClaimRow.of(claim)) for claim in claims]
    return _json(rows) if wanted is ExportFormat.JSON else _csv(_COLUMNS, rows)


def exported_trends(trends: Sequence[Trend], wanted: ExportFormat) -> bytes:
    """Return trends as a file. Raises BadInput for citations, because trends are counts."""
    if wanted in (ExportFormat.BIBTEX, ExportFormat.CSL):
        raise BadInput(_("Trends are counts, and have no articles to cite. Choose CSV or JSON."))
    rows = [asdict(trend) for trend in trends]
    return _json(rows) if wanted is ExportFormat.JSON else _csv(_TREND_COLUMNS, rows)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> bytes:
    """Return rows as CSV (RFC 4180) with a byte order mark, without which Excel assumes another encoding."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return written.getvalue().encode("utf-8-sig", "replace")


def _cell(value: Any) -> Any:
    """Return a value as a cell that no spreadsheet runs as a formula."""
    if isinstance(value, (int, float)) or value is None:
        return value
    if isinstance(value, (list, tuple)):
        value = "; ".join(one["outlet"] if isinstance(one, dict) else str(one) for one in value)
    text = _NEXT_CELL.sub(r"\1'", str(value).replace("\0", ""))
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULAS) else text
