"""Imports libraries without their docstrings, which nothing in the running bot reads: 6 MB less memory.

`python -OO` would leave out ours, too, and those are messages of errors and help texts.
"""

import sys
import sysconfig
from functools import partial
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    SourceFileLoader,
    SourcelessFileLoader,
)
from importlib.util import cache_from_source
from types import CodeType
from typing import Any

LEVEL = 2
"""Python's optimization level without docstrings, and without `assert`."""
OURS = frozenset({"bot", "cogs", "config", "preview"})
"""What keeps its docstrings, even if it is installed beside the libraries."""


def leave_out_docstrings() -> None:
    """Import all libraries from now on without docstrings. Those that are imported already keep theirs."""
    # before the hook is there: sysconfig may import a module to answer
    libraries = tuple(sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib"))
    sys.path_hooks.insert(0, partial(_library_finder, libraries))
    sys.path_importer_cache.clear()


def _library_finder(libraries: tuple[str, ...], folder: str) -> FileFinder:
    """Return what finds modules in a folder of libraries. Raise ImportError, as path hooks do, for any other."""
    if not folder.startswith(libraries):
        raise ImportError
    return FileFinder(
        folder,
        (ExtensionFileLoader, EXTENSION_SUFFIXES),
        (_LeanLoader, SOURCE_SUFFIXES),
        (SourcelessFileLoader, BYTECODE_SUFFIXES),
    )


class _LeanLoader(SourceFileLoader):
    """Loads a module at `LEVEL`, with its bytecode where Python keeps that of this level."""

    def source_to_code(self, data: Any, path: Any, **options: Any) -> CodeType:  # type: ignore[override]
        """Compile a module."""
        if self._is_ours:
            return super().source_to_code(data, path, **options)
        return compile(data, path, "exec", dont_inherit=True, optimize=LEVEL)

    def get_data(self, path: str) -> bytes:
        """Read the source or the bytecode."""
        return super().get_data(self._at_level(path))

    def set_data(self, path: str, data: Any, **options: Any) -> None:
        """Write the bytecode."""
        super().set_data(self._at_level(path), data, **options)

    def _at_level(self, path: str) -> str:
        return path if self._is_ours or path == self.path else cache_from_source(self.path, optimization=LEVEL)

    @property
    def _is_ours(self) -> bool:
        return self.name.partition(".")[0] in OURS
