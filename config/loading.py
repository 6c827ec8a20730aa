"""Settings from their sources, and errors that name the setting, its source and the accepted values."""

import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import SecretStr, ValidationError
from pydantic_settings.exceptions import SettingsError as SourceError

from bot.errors import SettingsError
from config.settings import CONFIG_VARIABLE, PREFIX, TOKEN_VARIABLES, Settings, toml_file

ENV_FILE = Path(".env")
OTHER_VARIABLES = frozenset({CONFIG_VARIABLE, "HEARSAY_SHARED"})


def load_settings(**given: Any) -> Settings:
    """Return the settings. Values in `given` override every source.

    Raises SettingsError if a value cannot be used. The message names each such setting, where the value came from
    and what is accepted. It does not show values that may be secret.
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
        raise SettingsError(f"{named or 'A settings file'} is not written in UTF-8: {error}") from None
    except (SourceError, OSError) as error:
        raise SettingsError(f"The settings cannot be read: {error}") from None


def variable_of(name: str) -> str:
    """Return the environment variable of the setting `name`."""
    return TOKEN_VARIABLES[0] if name == "discord_token" else PREFIX + name.upper()


def source_of(name: str, given: Mapping[str, Any] | None = None) -> str:
    """Return in words where the value of the setting `name` comes from."""
    variables = TOKEN_VARIABLES if name == "discord_token" else (variable_of(name),)
    if given and name in given:
        return "command line"
    if _holds(os.environ, variables):
        return "environment"
    if ENV_FILE.is_file() and _holds(dotenv_values(ENV_FILE), variables):
        return f"{ENV_FILE} file"
    path = toml_file()
    if path.is_file():
        try:
            keys = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            keys = {}
        if not keys.keys().isdisjoint({name, *variables}):
            return f"{path} file"
    return "default"


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


def _holds(values: Mapping[str, str | None], variables: Sequence[str]) -> bool:
    return any(key.upper() in variables and value for key, value in values.items())


def _explained(error: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    reason = str(error["msg"]).removeprefix("Value error, ")
    if not error["loc"]:  # about several settings together: the reason names them
        return f"These settings cannot be used together: {reason}."
    name = str(error["loc"][0]).lower().removeprefix(PREFIX.lower())
    field = Settings.model_fields.get(name)
    secret = field is None or "SecretStr" in str(field.annotation)
    value = "" if secret or isinstance(error["input"], SecretStr) else f" = {str(error['input'])[:80]!r}"
    return f"Setting {variable_of(name)}{value} (from: {source_of(name, given)}) cannot be used: {reason}." + (
        f" Description: {field.description}" if field and field.description else ""
    )
