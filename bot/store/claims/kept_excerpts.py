"""The sentences of claims whose articles' texts are no longer stored: their evidence can still be shown."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.claims.evidence_excerpts import excerpt
from bot.store.database import insert_rows
from bot.store.schema.news_tables import ArticleTextRow, ClaimExcerptRow, ClaimRow


async def keep_excerpts(connection: AsyncConnection, article_ids: Sequence[int]) -> None:
    """Store the sentences of each claim of these articles, from their texts."""
    spans = (ClaimRow.source, ClaimRow.cue, ClaimRow.content)
    query = (
        select(ClaimRow.id, *spans, ClaimRow.evidence_start, ClaimRow.evidence_end, ArticleTextRow.text)
        .join(ArticleTextRow, ArticleTextRow.article_id == ClaimRow.article_id)
        .where(ClaimRow.article_id.in_(article_ids))
    )
    rows: list[dict[str, Any]] = []
    for claim_id, source, cue, content, start, end, text in await connection.execute(query):
        said = [(first, last) for first, last in (*source, *cue, *content)]
        part = excerpt(text, (start, end), said, 0)
        rows.append(
            {
                "claim_id": claim_id,
                "text": part.text,
                "start": part.start,
                "cut_before": part.cut_before,
                "cut_after": part.cut_after,
            }
        )
    await insert_rows(connection, insert(ClaimExcerptRow), rows)
