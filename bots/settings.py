"""Settings, all from the environment or `.env`; none is needed for the default."""

from __future__ import annotations

from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator may set. Read once, at the edge, and handed down."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    database_url: str = "sqlite:///nearby.db"
    """`sqlite:///FILE` or `postgresql://…` (PostGIS needed)."""
    timezone: str = "Europe/London"
    """For opening hours, and for times that people write."""
    postcodes_io_url: str = ""
    """A postcodes.io server that may help with ended postcodes; empty: off."""
    feeds_allow_private: bool = False
    """Whether feeds on private and loopback addresses may be fetched."""

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
