"""The modules of a package that discord.py loads as extensions, found without importing them."""

import ast
import importlib.util
import pkgutil
from collections.abc import Iterator
from importlib.machinery import ModuleSpec

from bot.errors import SettingsError


def extension_names(package: str) -> list[str]:
    """Return the names of all modules of `package`, at any depth, that define `setup`, in alphabetical order.

    The modules are parsed, not imported: discord.py imports extensions itself, and a second import would create
    every class twice.
    """
    return sorted(spec.name for spec in _module_specs(package) if _defines_setup(spec))


def _module_specs(package: str) -> Iterator[ModuleSpec]:
    root = importlib.util.find_spec(package)
    if root is None or root.submodule_search_locations is None:
        raise SettingsError(f"There is no package named {package} to load commands from.")
    for module in pkgutil.walk_packages(root.submodule_search_locations, f"{package}."):
        spec = importlib.util.find_spec(module.name)
        if spec is not None and not module.ispkg:
            yield spec


def _defines_setup(spec: ModuleSpec) -> bool:
    source = getattr(spec.loader, "get_source", lambda _name: None)(spec.name)
    if source is None:
        return False
    return any(isinstance(n, ast.AsyncFunctionDef) and n.name == "setup" for n in ast.parse(source).body)
