"""What can't be answered: a code for `wording`, and the status that says it to programs."""

from __future__ import annotations


class ProblemError(Exception):
    """A request that is refused.

    Args:
        code: of `wording.web.PROBLEMS`.
        status: of HTTP.
        wait_s: after how many seconds it may be tried again.
    """

    def __init__(self, code: str, status: int, wait_s: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.wait_s = wait_s
