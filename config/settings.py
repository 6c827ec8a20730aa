"""All settings, read once at start. The environment overrides `.env`, which overrides a TOML file."""

import os
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AliasChoices,
    Field,
    HttpUrl,
    SecretStr,
    WebsocketUrl,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

PREFIX = "HEARSAY_"
CONFIG_VARIABLE = "HEARSAY_CONFIG"
"""The environment variable that names a TOML file to use instead of `hearsay.toml` in the current folder."""
TOKEN_VARIABLES = ("DISCORD_TOKEN", f"{PREFIX}DISCORD_TOKEN")
"""Both names of the token work in every source; the first wins if one source has both."""


def toml_file() -> Path:
    """Return the TOML file that settings are read from, whether it exists or not."""
    return Path(os.environ.get(CONFIG_VARIABLE) or "hearsay.toml")


def default_model() -> Path:
    """Return the folder of the model that ships with the bot."""
    return Path(__file__).parent.parent / "models" / "hearsay"


class Settings(BaseSettings):
    """All settings, validated. The settings reference is generated from the descriptions below."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    discord_token: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("discord_token", *TOKEN_VARIABLES),
        description="Token of the bot, from the Discord developer portal. Without one, `run` starts the preview. "
        "`HEARSAY_DISCORD_TOKEN` is another name for it.",
    )
    data_dir: Path = Field(
        default=Path("data"), description="Folder for the database file. Created if it is missing."
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="`sqlite:///file.db` or `postgresql://user:password@host/name`. "
        "Default: the file hearsay.db in the data folder.",
    )
    model: Path = Field(
        default_factory=default_model, description="Folder of the spaCy pipeline that finds claims."
    )
    catalogue: Path = Field(
        default=Path(__file__).with_name("catalogue.toml"),
        description="File with the feeds that `/setup` offers, by group. The shipped one is an example.",
    )
    discord_api_base: HttpUrl | None = Field(
        default=None, description="Another Discord REST server or a REST proxy, with `/api/v10`."
    )
    discord_gateway_url: WebsocketUrl | None = Field(
        default=None, description="Another Discord gateway (`ws://` or `wss://`)."
    )
    allow_private_addresses: bool = Field(
        default=False,
        description="Fetch from private and loopback addresses. For tests and the preview only.",
    )
    contact_url: HttpUrl = Field(
        default=HttpUrl("https://example.org/hearsay"),
        description="Address sent to news servers in the User-Agent header, so that they can contact the host.",
    )
    poll_minimum: Annotated[int, Field(ge=60, le=86_400)] = Field(
        default=900, description="Shortest time between two polls of a feed, in seconds."
    )
    poll_maximum: Annotated[int, Field(ge=60, le=7 * 86_400)] = Field(
        default=86_400, description="Longest time between two polls of a working feed, in seconds."
    )
    poll_concurrency: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=50, description="Feeds polled at the same time."
    )
    fetch_timeout: Annotated[float, Field(gt=0, le=300)] = Field(
        default=25.0, description="Time limit for one fetch, in seconds."
    )
    fetch_max_bytes: Annotated[int, Field(ge=10_000, le=50_000_000)] = Field(
        default=5_000_000, description="Largest response body that is read, in bytes, after decompression."
    )
    parse_timeout: Annotated[float, Field(gt=0, le=300)] = Field(
        default=10.0,
        description="Time limit for parsing one feed or page, in seconds. A worker that exceeds it is stopped.",
    )
    parse_processes: Annotated[int, Field(ge=1, le=64)] = Field(
        default=1, description="Worker processes for feeds and pages."
    )
    worker_memory_mb: Annotated[int, Field(ge=128, le=65_536)] = Field(
        default=1024, description="Address space that one parsing worker may use, in MiB."
    )
    extract_processes: Annotated[int, Field(ge=1, le=64)] = Field(
        default=1, description="Worker processes for extraction."
    )
    extract_timeout: Annotated[float, Field(gt=0, le=3600)] = Field(
        default=120.0,
        description="Time limit for extraction from one article, in seconds. A worker that exceeds it is stopped.",
    )
    minimum_confidence: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.8,
        description="Claims below this confidence (a probability) are shown only if a command asks for them.",
    )
    keep_claims_days: Annotated[int, Field(ge=7, le=36_500)] = Field(
        default=400, description="Days after which articles are deleted with their claims."
    )
    keep_texts_days: Annotated[int, Field(ge=7, le=36_500)] = Field(
        default=400,
        description="Days after which the text of an article is deleted. Its claims and their sentences remain.",
    )
    keep_deliveries_days: Annotated[int, Field(ge=7, le=36_500)] = Field(
        default=90,
        description="Days after which posted messages are forgotten. Their buttons then no longer work.",
    )
    feeds_per_server: Annotated[int, Field(ge=1, le=10_000)] = Field(
        default=100, description="Most feeds that one Discord server may have."
    )
    digests_per_server: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=25, description="Most digest subscriptions that one Discord server may have."
    )
    follows_per_person: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=25, description="Most actors, topics, outlets and stories that one person may follow."
    )
    follows_per_server: Annotated[int, Field(ge=1, le=100_000)] = Field(
        default=1000, description="Most of them that are followed in one server, by all people and channels."
    )
    pass_interval: Annotated[float, Field(gt=0, le=3600)] = Field(
        default=15.0, description="Seconds between two checks for due work."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="How much is logged."
    )
    log_format: Literal["auto", "console", "json"] = Field(
        default="auto",
        description="`console` for people, `json` for machines; `auto`: console on a terminal.",
    )
    metrics_address: str | None = Field(
        default=None,
        description="`host:port` for /healthz and /metrics, such as `127.0.0.1:9100`. Default: off.",
    )
    traces_endpoint: HttpUrl | None = Field(
        default=None,
        description="Address of an OpenTelemetry collector (OTLP over HTTP), such as "
        "`http://127.0.0.1:4318/v1/traces`. Needs `pip install 'hearsay[otel]'`. Default: off.",
    )
    public_url: HttpUrl | None = Field(
        default=None,
        description="Address on the open internet, best with HTTPS, at which hubs reach Hearsay to push "
        "what is new (WebSub). Default: off, feeds are polled only.",
    )
    public_listen: str = Field(
        default="127.0.0.1:9180",
        description="`host:port` that a reverse proxy forwards requests for the public address to.",
    )

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith(("sqlite:///", "postgresql://", "postgres://")):
            raise ValueError("starts with sqlite:/// or postgresql://")
        return value

    @field_validator("public_url")
    @classmethod
    def _plain_address(cls, value: HttpUrl | None) -> HttpUrl | None:
        if value and (value.query is not None or value.fragment is not None or value.username or value.password):
            raise ValueError("has no user name, query or fragment")
        return value

    @model_validator(mode="after")
    def _minimum_below_maximum(self) -> Self:
        if self.poll_minimum > self.poll_maximum:
            raise ValueError(
                f"{PREFIX}POLL_MINIMUM = {self.poll_minimum} is above {PREFIX}POLL_MAXIMUM = {self.poll_maximum}"
            )
        return self

    @property
    def store_url(self) -> str:
        """The address of the database, or of the default file. May hold a password: never log it."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'hearsay.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources: arguments, environment, `.env`, TOML."""
        del file_secret_settings
        toml = TomlConfigSettingsSource(settings_cls, toml_file())
        return init_settings, env_settings, dotenv_settings, toml
