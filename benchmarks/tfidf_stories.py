"""The peer of `benchmarks.stories`: one pass over TF-IDF vectors of scikit-learn."""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.model.stories import ArticleToGroup


def single_pass(articles: Sequence[ArticleToGroup], threshold: float) -> dict[int, int]:
    """Return the story of each article: the one with the nearest centroid, if its cosine reaches `threshold`."""
    ordered = sorted(articles, key=lambda article: article.published_at)
    texts = [f"{article.title}\n{article.text}" for article in ordered]
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts).toarray()
    centroids: list[np.ndarray] = []
    found: dict[int, int] = {}
    for article, vector in zip(ordered, vectors, strict=True):
        cosines = [float(vector @ one) / (float(np.linalg.norm(one)) or 1.0) for one in centroids]
        best = max(range(len(cosines)), key=cosines.__getitem__, default=None)
        if best is None or cosines[best] < threshold:
            best = len(centroids)
            centroids.append(np.zeros_like(vector))
        centroids[best] = centroids[best] + vector
        found[article.article_id] = best
    return found
