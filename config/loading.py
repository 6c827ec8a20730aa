"""Settings from their sources, and errors that name the setting, its source and what is accepted."""

import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import SecretStr, ValidationError
from pydantic_settings.exceptions import SettingsError as SourceError

from bot.errors import SettingsError
from config.settings import CONFIG_VARIABLE, PREFIX, Settings, toml_file

ENV_FILE = Path(".env")
OTHER_VARIABLES = frozenset({CONFIG_VARIABLE, "HEARSAY_SHARED"})


def load_settings(**given: Any) -> Settings:
    """Return the settings; `given` beats every source.

    Raises SettingsError where a value cannot be used. The message names each such setting, where the value
    came from and what is accepted; the value itself is left out where it may be secret.
    """
    try:
        _refuse_missing_file()
        return Settings(**given)
    except ValidationError as error:
        lines = [_explained(dict(e), given) for e in error.errors(include_url=False)]
        raise SettingsError("\n".join(lines)) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{toml_file()} is not valid TOML: {error}") from None
    except UnicodeDecodeError as error:
        named = " and ".join(str(file) for file in (ENV_FILE, toml_file()) if _is_undecodable(file))
        raise SettingsError(f"{named or 'A file of settings'} is not written in UTF-8: {error}") from None
    except (SourceError, OSError) as error:
        raise SettingsError(f"The settings cannot be read: {error}") from None


def variable_of(name: str) -> str:
    """Return the environment variable of the setting `name`."""
    return "DISCORD_TOKEN" if name == "discord_token" else PREFIX + name.upper()


def source_of(name: str, given: Mapping[str, Any] | None = None) -> str:
    """Say in words where the value of the setting `name` comes from."""
    variable = variable_of(name)
    if given and name in given:
        return "command line"
    if _holds(os.environ, variable):
        return "environment"
    if ENV_FILE.is_file() and _holds(dotenv_values(ENV_FILE), variable):
        return f"{ENV_FILE} file"
    path = toml_file()
    if path.is_file():
        try:
            keys = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            keys = {}
        if name in keys or variable in keys:
            return f"{path} file"
    return "default"


def unknown_variables(names: Iterable[str]) -> list[str]:
    """Return those of the environment variables `names` that look like settings and are none."""
    known = {variable_of(name) for name in Settings.model_fields} | OTHER_VARIABLES
    return sorted(n for n in names if n.upper().startswith(PREFIX) and n.upper() not in known)


def _refuse_missing_file() -> None:
    named = os.environ.get(CONFIG_VARIABLE)
    if named and not Path(named).is_file():
        raise SettingsError(f"{CONFIG_VARIABLE} names the file {named}, which does not exist.")


def _is_undecodable(file: Path) -> bool:
    try:
        file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return True
    except OSError:
        pass
    return False


def _holds(values: Mapping[str, str | None], variable: str) -> bool:
    return any(key.upper() == variable and value for key, value in values.items())


def _explained(error: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    name = str(error["loc"][0]).lower().removeprefix(PREFIX.lower()) if error["loc"] else "?"
    field = Settings.model_fields.get(name)
    reason = str(error["msg"]).removeprefix("Value error, ")
    secret = field is None or "SecretStr" in str(field.annotation)
    value = "" if secret or isinstance(error["input"], SecretStr) else f" = {str(error['input'])[:80]!r}"
    return f"Setting {variable_of(name)}{value} (from: {source_of(name, given)}) cannot be used: {reason}." + (
        f" It is: {field.description}" if field and field.description else ""
    )
