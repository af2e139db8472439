"""People as they are kept: found by the fingerprint of an address, and erased without a trace but a proof.

Each function works within a transaction of its caller's.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bots.keys import SealedOtherwiseError
from bots.people.person import Person, Settings
from bots.people.tables import erasure, identity, person

if TYPE_CHECKING:
    from datetime import date, datetime

    from bots.keys import Keys


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody can be reached: a channel, and the platform's id of them there."""

    channel: str
    id: str

    def print(self, keys: Keys) -> str:
        """Its fingerprint."""
        return keys.fingerprint("person", self.channel, self.id)


def find(connection: sa.Connection, keys: Keys, address: Address) -> Person | None:
    """Whoever has this address, if they chose anything."""
    mine = sa.select(identity.c.person_id).where(identity.c.address_hash == address.print(keys))
    row = connection.execute(sa.select(person).where(person.c.id.in_(mine))).first()
    if row is None:
        return None
    channels = (
        sa.select(identity.c.channel).where(identity.c.person_id == row.id).order_by(identity.c.channel)
    )
    return Person(
        row.id, row.created, row.stopped, _opened(keys, row.settings), tuple(connection.scalars(channels))
    )


def _opened(keys: Keys, sealed: bytes) -> Settings:
    """The settings; none where the key that sealed them is not held any more."""
    try:
        return Settings.from_json(keys.unseal(sealed).decode())
    except SealedOtherwiseError:
        return Settings()


def save(connection: sa.Connection, keys: Keys, address: Address, settings: Settings, now: datetime) -> None:
    """Keep what somebody chose; who was not known is from here on."""
    sealed = keys.seal(settings.to_json().encode())
    known = find(connection, keys, address)
    if known is not None:
        connection.execute(person.update().where(person.c.id == known.id).values(settings=sealed))
        return
    made = connection.execute(person.insert().values(created=now, settings=sealed).returning(person.c.id))
    row = {
        "address_hash": address.print(keys),
        "person_id": made.scalar_one(),
        "channel": address.channel,
        "address": keys.seal(address.id.encode("utf-8", "surrogatepass")),
    }
    connection.execute(identity.insert().values(row))


def stop(connection: sa.Connection, keys: Keys, address: Address, now: datetime | None) -> None:
    """Note that somebody wants nothing sent but answers (None: that they want it again)."""
    mine = sa.select(identity.c.person_id).where(identity.c.address_hash == address.print(keys))
    connection.execute(person.update().where(person.c.id.in_(mine)).values(stopped=now))


def addresses(connection: sa.Connection, keys: Keys, address: Address) -> list[str]:
    """The fingerprints of all addresses of whoever has this one, itself among them."""
    own = address.print(keys)
    mine = sa.select(identity.c.person_id).where(identity.c.address_hash == own)
    others = sa.select(identity.c.address_hash).where(identity.c.person_id.in_(mine))
    return sorted({own, *connection.scalars(others)})


def erase(connection: sa.Connection, keys: Keys, address: Address, day: date) -> None:
    """Erase somebody on all channels, and keep a proof of it that only who brings the address can ask for."""
    mine = sa.select(identity.c.person_id).where(identity.c.address_hash == address.print(keys))
    known = list(connection.scalars(mine))
    connection.execute(identity.delete().where(identity.c.person_id.in_(known)))
    connection.execute(person.delete().where(person.c.id.in_(known)))
    salt = secrets.token_urlsafe(16)
    connection.execute(erasure.insert().values(day=day, salt=salt, proof=_proof(keys, address, salt)))


def erased(connection: sa.Connection, keys: Keys, address: Address) -> date | None:
    """The day on which whoever has this address was erased last, if ever."""
    rows = connection.execute(sa.select(erasure).order_by(erasure.c.id.desc()))
    return next((row.day for row in rows if _proof(keys, address, row.salt) == row.proof), None)


def _proof(keys: Keys, address: Address, salt: str) -> str:
    return keys.fingerprint("erased", salt, address.channel, address.id)
