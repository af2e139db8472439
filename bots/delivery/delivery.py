"""Inbox, taker, outbox and senders of this process, put together for the channels it has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bots.channels.port import Capability
from bots.delivery.inbox import Inbox
from bots.delivery.keeping import keep
from bots.delivery.outbox import Outbox
from bots.delivery.sender import IN_FLIGHT, Sender
from bots.delivery.taking import Taker
from bots.delivery.waking import Wake

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bots.channels.port import Channel
    from bots.conversation.ports import Ports
    from bots.delivery.taking import Noted
    from bots.keys import Keys
    from directory.store.engine import Store
    from scheduler.runner import Task


@dataclass(frozen=True, slots=True)
class Delivery:
    """The one path between platforms and the conversation.

    A webhook puts an event into `inbox` and acknowledges it; `tasks` do the rest. A page that waits for its
    answer puts, calls `taker.take`, and fetches from `outbox`.
    """

    inbox: Inbox
    outbox: Outbox
    taker: Taker
    senders: tuple[Sender, ...]
    wake: Wake

    def tasks(self, *, take: bool = True, send: bool = True) -> dict[str, Task]:
        """What has to be kept running, by name: for the roles `channels` (take) and `delivery` (send)."""
        found: dict[str, Task] = {"listen": self.wake.listen}
        if take:
            found["take"] = self.taker.run
        if send:
            found |= {f"send {sender.name}": sender.run for sender in self.senders}
            found["keep"] = partial(keep, self.outbox.store, self.outbox.clock)
        return found


def delivery(
    store: Store,
    keys: Keys,
    channels: Sequence[Channel],
    ports: Callable[[datetime], Ports],
    clock: Callable[[], datetime],
    *,
    noted: Noted | None = None,
) -> Delivery:
    """Put the parts together.

    Args:
        store: where everything is kept.
        keys: what seals it.
        channels: those this process reads from and sends to.
        ports: what one turn of a conversation may use, at a moment.
        clock: the time now, aware.
        noted: told of each event that this process settled.
    """
    wake = Wake(store)
    outbox = Outbox(store, keys, wake, clock)
    pushed = [channel for channel in channels if Capability.PULL not in channel.capabilities]
    in_flight = max(IN_FLIGHT // max(len(pushed), 1), 1)
    return Delivery(
        inbox=Inbox(store, keys, wake, clock),
        outbox=outbox,
        taker=Taker(outbox, {channel.name: channel for channel in channels}, ports, noted=noted),
        senders=tuple(Sender(store, keys, wake, channel, clock, in_flight=in_flight) for channel in pushed),
        wake=wake,
    )
