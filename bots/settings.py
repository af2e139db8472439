"""Settings, all from the environment or `.env`; none is needed for the default."""

from __future__ import annotations

import re
from functools import cached_property
from ipaddress import ip_network
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class KeysError(Exception):
    """The keys can't be used.

    `code`: `keys_needed` (PostgreSQL keeps no file beside it), `key_too_short`, `keys_unreadable`.
    `detail`: which key, or which file.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class Settings(BaseSettings):
    """What an operator may set. Read once, at the edge, and handed down."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    database_url: str = "sqlite:///nearby.db"
    """`sqlite:///FILE` or `postgresql://…` (PostGIS needed)."""
    secret_key: str = Field(default="", repr=False)
    """Signs links. Unset: kept in a file beside the SQLite file."""
    identity_key: str = Field(default="", repr=False)
    """Seals what people wrote and where they are reached; `new,old` while it is being changed."""
    public_url: str = ""
    """Where people reach this, https; unset: all is local."""
    trusted_proxies: str = ""
    """Addresses or networks, with commas, of the proxies in front of this."""
    metrics_token: str = Field(default="", repr=False)
    """What `/metrics` asks for. Unset: it is shown where `PUBLIC_URL` is unset too, and nowhere else."""
    telegram_bot_token: str = Field(default="", repr=False)
    """Of the bot, from BotFather. Unset: no Telegram."""
    telegram_webhook_secret: str = Field(default="", repr=False)
    """What Telegram sends with each update. Unset: made of the other keys."""
    telegram_api_url: str = "https://api.telegram.org"
    """The Bot API; another one for a server of one's own."""
    timezone: str = "Europe/London"
    """For opening hours, and for times that people write."""
    postcodes_io_url: str = ""
    """A postcodes.io server that may help with ended postcodes; empty: off."""
    feeds_allow_private: bool = False
    """Whether feeds on private and loopback addresses may be fetched."""

    @field_validator("public_url")
    @classmethod
    def _reachable(cls, url: str) -> str:
        """https, except on this machine."""
        if not url:
            return url
        parts = urlsplit(url)
        local = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if not parts.hostname or parts.scheme not in (("http", "https") if local else ("https",)):
            raise ValueError("not_https")
        return url.rstrip("/")

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, token: str) -> str:
        if token and not re.fullmatch(r"\d{1,20}:[\w-]{10,100}", token):
            raise ValueError("not_a_token")
        return token

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _secret(cls, secret: str) -> str:
        """Of the characters that Telegram takes, and not to be guessed."""
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret):
            raise ValueError("not_a_secret")
        return secret

    @field_validator("telegram_api_url")
    @classmethod
    def _api(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("not_http")
        return url

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, listed: str) -> str:
        for part in filter(None, map(str.strip, listed.split(","))):
            ip_network(part)
        return listed

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("unknown_timezone") from error
        return name

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.timezone)
