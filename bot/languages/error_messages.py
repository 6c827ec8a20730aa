"""Finds the messages of errors for the catalogues: the docstring of an error is its message."""

import ast
import inspect
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

from babel.messages.extract import extract_python


def extract(
    file: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: dict[str, Any]
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Yield the messages of a Python file, as Babel's own method does, and the docstrings of its classes."""
    yield from extract_python(file, keywords, comment_tags, options)  # type: ignore[arg-type, misc]
    file.seek(0)
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.ClassDef) and (docstring := ast.get_docstring(node, clean=False)):
            yield node.lineno, "_", inspect.cleandoc(docstring), []
