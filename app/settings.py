"""Every choice a user can make, in one place, read from arguments first and from the environment second.

`DATELINE_HOME`, `DATELINE_READER`, … set the fields below; the key and the address of an LLM are read from the
variables that everybody already has, `OPENAI_API_KEY` and `OPENAI_BASE_URL`. Nothing else in the product reads the
environment.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableSettings

from ..index.errors import SettingsError

# What decides an answer goes into the fingerprint; where things lie and what must stay secret does not.
_NOT_FINGERPRINTED = {
    "home", "openai_api_key", "chroma_api_key", "chroma_url", "chroma_headers", "database_url", "allow_urls",
    "allow_private_urls",
}  # fmt: skip


class Settings(BaseSettings):
    """All settings, frozen. Counts are `n`, times seconds, shares in [0, 1].

    `reader`: "auto" uses the LLM when a key or an address is set, else the shipped extractive reader.
    `model`: the LLM's name as its server knows it. `embedding_model`: None is the shipped model, a name is asked of the
    OpenAI-compatible server. `chroma_url`: a running Chroma server; `chroma_api_key` (with tenant and database): Chroma
    Cloud; neither: Chroma embedded in the data folder. `database_url`: a SQLAlchemy URL instead of the folder's SQLite.
    `min_confidence`: below it the extractive reader refuses; None is the reader's own measured threshold.
    `allow_urls`: whether the page fetches articles from addresses; None is only where this machine alone reaches it.
    `allow_private_urls`: whether such an address may lie inside a private network.
    """

    model_config = SettingsConfigDict(
        env_prefix="DATELINE_", env_ignore_empty=True, frozen=True, extra="forbid", populate_by_name=True
    )

    home: Path = Field(default_factory=lambda: user_data_path("dateline", appauthor=False))
    reader: Literal["auto", "extractive", "llm"] = "auto"
    model: str = "gpt-4.1-mini"
    openai_api_key: SecretStr | None = Field(None, validation_alias=AliasChoices("openai_api_key", "OPENAI_API_KEY"))
    openai_base_url: str | None = Field(None, validation_alias=AliasChoices("openai_base_url", "OPENAI_BASE_URL"))
    timeout_s: float = Field(60.0, gt=0)
    max_retries: int = Field(2, ge=0, le=10)
    embedding_model: str | None = None
    chroma_url: str | None = None
    chroma_headers: dict[str, str] = Field(default_factory=dict)
    chroma_api_key: SecretStr | None = None
    chroma_tenant: str | None = None
    chroma_database: str | None = None
    database_url: str | None = None
    n_evidence: int = Field(8, ge=1, le=50)
    max_evidence_tokens: int = Field(6000, ge=200)
    min_confidence: float | None = Field(None, ge=0, le=1)
    allow_urls: bool | None = None
    allow_private_urls: bool = False

    @field_validator("openai_api_key", "openai_base_url", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("home", mode="after")
    @classmethod
    def _usable_home(cls, home: Path) -> Path:
        if "\x00" in str(home):
            raise ValueError("a path without NUL characters")
        return home.expanduser()

    @model_validator(mode="after")
    def _one_chroma(self) -> "Settings":
        if self.chroma_url and self.chroma_api_key:
            raise ValueError("chroma_url and chroma_api_key exclude each other: a server of your own, or Chroma Cloud")
        return self

    @property
    def reader_kind(self) -> Literal["extractive", "llm"]:
        """The reader that "auto" stands for here."""
        if self.reader != "auto":
            return self.reader
        return "llm" if self.openai_api_key or self.openai_base_url else "extractive"

    @property
    def api_key(self) -> str | None:
        """The LLM's key in clear, for the client alone."""
        return self.openai_api_key.get_secret_value() if self.openai_api_key else None

    def digest(self) -> str:
        """SHA-256 (hex, 16 digits) of all settings that can change an answer; no secret and no path is in it."""
        plain = self.model_dump(mode="json", exclude=_NOT_FINGERPRINTED) | {"reader": self.reader_kind}
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


def load_settings(values: dict[str, Any] | None = None) -> Settings:
    """Settings from the given values over the environment.

    Raises SettingsError naming each wrong field and what it must be, never showing a key.
    """
    given = {name: value for name, value in (values or {}).items() if value is not None and value != ""}
    try:
        return Settings(**given)
    except UnreadableSettings as error:
        raise SettingsError(f"Settings cannot be used: {error}. See the README's table of settings.") from None
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'settings'}: {fault['msg']}" for fault in error.errors()
        )
        raise SettingsError(f"Settings cannot be used: {faults}. See the README's table of settings.") from None
