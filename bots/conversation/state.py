"""What is remembered between two messages: need, place, time and conditions; never what was written."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from directory.places.place import Kind as PlaceKind
from directory.places.place import Place
from directory.search.query import Conditions, When

NOW = "now"
"""The phrase of a time that moves on with the clock."""

Shown = tuple[int, str, str | None]
"""A record that was shown: feed, service, service at location."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: needs of the lexicon by their ids, and words that lead to none."""

    ids: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    """Needs that may be meant as well: what serves them fills up the answer."""

    def __bool__(self) -> bool:
        return bool(self.ids or self.words)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time asked about, with the phrase that says it back."""

    when: When
    phrase: str


@dataclass(frozen=True, slots=True)
class State:
    """One conversation, as it is kept (encrypted, and not for long)."""

    wanted: Wanted = field(default_factory=Wanted)
    place: Place | None = None
    time: Stretch | None = None
    conditions: Conditions = field(default_factory=Conditions)
    home: bool = False
    """It should come to the person's home."""
    offset: int = 0
    """How many results of the question stand before the ones shown last."""
    shown: tuple[Shown, ...] = ()
    focus: Shown | None = None
    """Of those shown, the one that was looked at last."""
    widened_m: int = 0
    """How much further than near somebody is ready to go."""
    pending: str | None = None
    """What was asked back: `place` or `need`."""
    options: tuple[Place, ...] = ()
    """The places offered where a name was ambiguous."""
    others: tuple[Place, ...] = ()
    """Places of the same name as the one that was taken for them."""

    def at(self, now: datetime) -> State:
        """Move "now" on with the clock, and forget a time that has passed."""
        if self.time is None:
            return self
        if self.time.phrase == NOW:
            return replace(self, time=Stretch(When(now, now), NOW))
        return self if self.time.when.end > now else replace(self, time=None)

    def to_json(self) -> dict[str, Any]:
        """Values that JSON can hold."""
        data = asdict(self)
        if self.time is not None:
            when = self.time.when
            data["time"] = {
                "start": when.start.isoformat(),
                "end": when.end.isoformat(),
                "phrase": self.time.phrase,
            }
        return data

    @classmethod
    def from_json(cls, data: object) -> State:
        """Read what `to_json` gave; a part that can't be read, or is of a later kind, is left out."""
        if not isinstance(data, dict):
            return cls()
        offset = data.get("offset")
        widened, pending = data.get("widened_m"), data.get("pending")
        return cls(
            wanted=_wanted(data.get("wanted")),
            place=_place(data.get("place")),
            time=_stretch(data.get("time")),
            conditions=_conditions(data.get("conditions")),
            home=data.get("home") is True,
            offset=offset if type(offset) is int and 0 <= offset < 100_000 else 0,
            shown=tuple(shown for item in _list(data.get("shown")) if (shown := _shown(item))),
            focus=_shown(data.get("focus")),
            widened_m=widened if type(widened) is int and 0 <= widened < 1_000_000 else 0,
            pending=pending if pending in ("place", "need") else None,
            options=_places(data.get("options")),
            others=_places(data.get("others")),
        )


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _texts(value: object) -> tuple[str, ...]:
    return tuple(item for item in _list(value) if isinstance(item, str))


def _wanted(value: object) -> Wanted:
    if not isinstance(value, dict):
        return Wanted()
    return Wanted(_texts(value.get("ids")), _texts(value.get("words")), _texts(value.get("perhaps")))


def _place(value: object) -> Place | None:
    if not isinstance(value, dict):
        return None
    try:
        place = Place(**{**value, "kind": PlaceKind(value["kind"])})
        fine = -90 <= place.lat <= 90 and -180 <= place.lon <= 180 and place.radius_m >= 0
        names = all(name is None or isinstance(name, str) for name in (place.lad, place.within))
    except (KeyError, TypeError, ValueError):
        return None
    return place if fine and names and isinstance(place.name, str) else None


def _places(value: object) -> tuple[Place, ...]:
    return tuple(place for item in _list(value) if (place := _place(item)))


def _stretch(value: object) -> Stretch | None:
    if not isinstance(value, dict):
        return None
    try:
        start, end = (datetime.fromisoformat(value[key]) for key in ("start", "end"))
        phrase = value["phrase"]
    except (KeyError, TypeError, ValueError):
        return None
    if start.tzinfo is None or end.tzinfo is None or end < start or not isinstance(phrase, str):
        return None
    return Stretch(When(start, end), phrase)


def _conditions(value: object) -> Conditions:
    if not isinstance(value, dict):
        return Conditions()
    age = _list(value.get("age"))
    texts = {key: value.get(key) for key in ("language", "gender")}
    return Conditions(
        free=value.get("free") is True,
        age=(age[0], age[1]) if len(age) == 2 and all(type(year) is int for year in age) else None,
        language=texts["language"] if isinstance(texts["language"], str) else None,
        wheelchair=value.get("wheelchair") is True,
        access=_texts(value.get("access")),
        gender=texts["gender"] if isinstance(texts["gender"], str) else None,
        online=value.get("online") is True,
        no_referral=value.get("no_referral") is True,
    )


def _shown(value: object) -> Shown | None:
    match value:
        case [int(feed), str(service), str() | None as at]:
            return feed, service, at
        case _:
            return None
