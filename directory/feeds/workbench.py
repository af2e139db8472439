"""The other process of a large import: `python -m directory.feeds.workbench`, started by `workshop`.

It reads jobs from its standard input and writes results to its standard output, each pickled behind its
length in eight bytes; both ends are the same program. It ends when its input does, so that it never
outlives the import, however that ends.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from typing import TYPE_CHECKING, BinaryIO, Final

from directory.feeds.working import Worked, work_out
from directory.hsds.record import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from directory.feeds.working import Offers

    Job = Sequence[tuple[dict[str, Any], bytes, bool | None]]
    """Of each line: its document, as it is written, and whether it is v1 (where the source says)."""

LENGTH: Final = 8
"""Bytes, the highest first."""


def framed(value: object) -> bytes:
    """A value as it goes through the pipe."""
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return len(body).to_bytes(LENGTH, "big") + body


def main() -> None:
    """Work jobs out until there are no more; the first message is what makes offers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the import: our input then ends
    if sys.platform != "win32":
        os.nice(5)  # who asks goes before what is imported
    offers: Offers | None = _next(sys.stdin.buffer)
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # what is made here holds no cycles: looking for them costs a sixth
    while offers is not None and (job := _next(sys.stdin.buffer)) is not None:
        sys.stdout.buffer.write(framed(_work_out(job, offers)))
        sys.stdout.buffer.flush()


def _next(stream: BinaryIO) -> Any:
    """The next message; None where the input has ended."""
    head = stream.read(LENGTH)
    body = stream.read(int.from_bytes(head, "big"))
    return pickle.loads(body) if body else None  # noqa: S301 - our own program wrote it


def _work_out(job: Job, offers: Offers) -> list[Worked | Rejected]:
    found: list[Worked | Rejected] = []
    for document, written, as_v1 in job:
        try:
            found.append(work_out(document, written, offers, as_v1=as_v1))
        except Rejected as rejected:
            found.append(rejected)
    return found


if __name__ == "__main__":
    main()
