"""Names that are set but are no settings, with the setting that was probably meant."""

import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from dotenv import dotenv_values

from config.loading import ENV_FILE, OTHER_VARIABLES, source_of, variable_of
from config.settings import PREFIX, TOKEN_VARIABLES, Settings, toml_file

CLOSE = 0.8
"""How similar two names must be (difflib ratio, 0 to 1). Any single-letter error in the name of a setting leaves
at least 0.91; names of different services' tokens, such as DISCORD_CLIENT_TOKEN, stay below 0.79."""


@dataclass(frozen=True, slots=True)
class MisspeltName:
    """A name that is set in `source` and is no setting. `meant` is the closest setting, None if there is none."""

    name: str
    source: str
    meant: str | None

    @property
    def sentence(self) -> str:
        """What is wrong, for a person."""
        question = f"Did you mean {self.meant}?" if self.meant else "Is it misspelt?"
        return f"{self.name} (from: {self.source}) is not a setting of Hearsay. {question}"


def misspelt_names() -> list[MisspeltName]:
    """Return all misspelt names in the environment, `.env` and TOML. The files must be readable.

    Names with the prefix HEARSAY_ belong to Hearsay and are reported whatever they are. Any other name may belong
    to another program: it is reported only if it resembles a setting that is not set.
    """
    found = [*misspelt_variables(os.environ, "environment")]
    if ENV_FILE.is_file():
        found += misspelt_variables(dotenv_values(ENV_FILE), f"{ENV_FILE} file", shortened=True)
    path = toml_file()
    if path.is_file():
        keys = tomllib.loads(path.read_text(encoding="utf-8"))
        found += _misspelt_keys(keys, f"{path} file")
    return found


def misspelt_variables(names: Iterable[str], source: str, *, shortened: bool = False) -> list[MisspeltName]:
    """Return those of the variables `names` that look like settings and are none.

    With `shortened`, the end of a setting's name counts too, such as TOKEN.
    """
    variables = {variable_of(name): name for name in Settings.model_fields}
    known = {*variables, *TOKEN_VARIABLES, *OTHER_VARIABLES}
    found = []
    for name in sorted(names):
        upper = name.upper()
        if upper in known:
            continue
        meant = _closest(upper, variables)
        if meant is None and shortened:
            longer = [variable for variable in variables if variable.endswith(f"_{upper}")]
            meant = longer[0] if len(longer) == 1 else None
        is_ours = upper.startswith(PREFIX)
        if is_ours or (meant is not None and source_of(variables[meant]) == "default"):
            found.append(MisspeltName(name, source, meant))
    return found


def _misspelt_keys(keys: Iterable[str], source: str) -> list[MisspeltName]:
    fields = set(Settings.model_fields)
    return [
        MisspeltName(key, source, _closest(key.lower().removeprefix(PREFIX.lower()), fields))
        for key in sorted(keys)
        if key not in fields and key not in TOKEN_VARIABLES
    ]


def _closest(name: str, known: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=CLOSE)), None)
