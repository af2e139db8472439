"""Which version of an object several services carry is the one held: the rules, without a database.

Held is the version of the service that was modified last, then of the one later in the input. Its
rows hang on a *holder*; that may be another service than the *winner*, as long as what the two
carry is the same, so that a feed with one organisation a thousand times writes it once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Rank = tuple[str, int]
"""(last_modified, position) of a service: the greater one's version is held."""


@dataclass(slots=True)
class Held:
    """One object of a feed and its version held."""

    ref: str
    key: int
    """Of its row in `shared`; 0 until it has one."""
    hash: str
    holder: int
    winner: int
    rank: Rank
    changed: bool = False
    """To be written."""
    moved: bool = False
    """Its content is another than it was: who carries it has to be projected again."""


@dataclass(slots=True)
class Carried:
    """What one service of a batch carries."""

    rank: Rank
    hashes: dict[str, str]
    """Reference of an object -> hash of this service's version."""


@dataclass(slots=True)
class Decision:
    """What is to be done about the objects of a batch."""

    held: dict[str, Held]
    contested: set[str] = field(default_factory=set)
    """Their winner or holder left or fell back: the best of all their carriers has to be looked up."""
    released: set[int] = field(default_factory=set)
    """Services outside the batch that lost an object they held."""


def decide(
    held: dict[str, Held],
    batch: Mapping[int, Carried],
    gone: Collection[int] = (),
) -> Decision:
    """Decide on the objects of a batch.

    `held` has every object that the batch carries or did carry, as far as there is one; `batch` the
    services taken, in the order of the input; `gone` the keys of services that were withdrawn.
    """
    decision = Decision(held)
    for key, carried in batch.items():
        for ref, content in carried.hashes.items():
            _offer(decision, ref, content, key, batch)
    for one in held.values():
        for key in (one.winner, one.holder):
            if key in gone or (key in batch and batch[key].hashes.get(one.ref) != one.hash):
                decision.contested.add(one.ref)
    return decision


def _offer(decision: Decision, ref: str, content: str, key: int, batch: Mapping[int, Carried]) -> None:
    """Let one service put its version of one object forward."""
    rank = batch[key].rank
    one = decision.held.get(ref)
    if one is None:
        decision.held[ref] = Held(ref, 0, content, key, key, rank, changed=True)
    elif one.winner == key and rank < one.rank:
        decision.contested.add(ref)
    elif content == one.hash:
        if rank > one.rank:
            one.winner, one.rank, one.changed = key, rank, True
    elif rank > one.rank:
        if one.holder not in batch:
            decision.released.add(one.holder)
        take_over(one, key, content, rank)


def take_over(one: Held, key: int, content: str, rank: Rank) -> None:
    """Make a service both the winner and the holder."""
    one.moved = one.moved or one.hash != content
    one.holder = one.winner = key
    one.hash, one.rank, one.changed = content, rank, True
