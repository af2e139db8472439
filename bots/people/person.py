"""Somebody who chose something, and what."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bots.conversation.message import State

if TYPE_CHECKING:
    from datetime import datetime

    from directory.places.place import Place


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person chose."""

    home: Place | None = None
    """Where to look when no place was named."""
    far_m: int | None = None
    """How far they go; None: as far as is called near."""
    language: str = "en"

    def to_json(self) -> str:
        """As it is kept (sealed)."""
        home = State(place=self.home).to_json()["place"]
        return json.dumps({"home": home, "far_m": self.far_m, "language": self.language})

    @classmethod
    def from_json(cls, text: str) -> Settings:
        """Read what `to_json` gave; a part that can't be read is left out."""
        held = json.loads(text)
        far, language = held.get("far_m"), held.get("language")
        return cls(
            home=State.from_json({"place": held.get("home")}).place,
            far_m=far if isinstance(far, int) and far > 0 else None,
            language=language if isinstance(language, str) else "en",
        )


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known, on one channel or several."""

    id: int
    created: datetime
    stopped: datetime | None = None
    settings: Settings = field(default_factory=Settings)
    channels: tuple[str, ...] = ()
