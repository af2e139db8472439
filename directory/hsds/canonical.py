"""One way to write JSON down and to compare it: what the lossless export and re-imports stand on.

orjson does the work. What it can't take (whole numbers past 64 bits, half a surrogate pair,
nesting past its limit) goes through the standard library, so that nothing a publisher wrote is lost.
"""

from __future__ import annotations

import json
import math
from hashlib import blake2b
from typing import Any, Final, NoReturn

import orjson

_DIGITS_AS_ZERO: Final = bytes(
    ord("0") if chr(byte).isdigit() and byte < 128 else byte for byte in range(256)
)
_LONG_NUMBER: Final = b"0" * 19
"""What 64 bits may not hold; looking for it this way takes a tenth of a regular expression's time."""


class NotJson(ValueError):  # noqa: N818 - a verdict on the input
    """Bytes or a value that is no JSON; `reason` is `not_json` or `too_deep`."""

    def __init__(self, reason: str) -> None:
        """Keep the reason code."""
        super().__init__(reason)
        self.reason = reason


def dumps(document: object) -> bytes:
    """Write a document as compact JSON with its keys sorted: equal documents give equal bytes."""
    try:
        return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        return _dumps_slowly(document)


def loads(data: bytes) -> Any:
    """Read JSON exactly, long whole numbers included; raise `NotJson` for anything else."""
    if _LONG_NUMBER in data.translate(_DIGITS_AS_ZERO):
        return _loads_slowly(data)
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return _loads_slowly(data)


def content_hash(document: object) -> bytes:
    """Sixteen bytes that differ when the content does; the order of keys does not count."""
    return blake2b(dumps(document), digest_size=16).digest()


def same(one: object, other: object) -> bool:
    """Say whether two documents hold the same, the order of keys and of list members aside."""
    return dumps(one) == dumps(other) or dumps(_unordered(one)) == dumps(_unordered(other))


def _unordered(value: object) -> object:
    if isinstance(value, dict):
        return {key: _unordered(member) for key, member in value.items()}
    if isinstance(value, list):
        return sorted((_unordered(member) for member in value), key=dumps)
    return value


def _dumps_slowly(document: object) -> bytes:
    try:
        written = json.dumps(document, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except RecursionError as error:
        raise NotJson("too_deep") from error
    except (TypeError, ValueError) as error:
        raise NotJson("not_json") from error
    return written.encode()


def _loads_slowly(data: bytes) -> Any:
    try:
        return json.loads(data, parse_constant=_refuse, parse_float=_finite)
    except RecursionError as error:
        raise NotJson("too_deep") from error
    except ValueError as error:
        raise NotJson("not_json") from error


def _finite(written: str) -> float:
    number = float(written)
    if math.isinf(number):
        raise NotJson("not_json")
    return number


def _refuse(_: str) -> NoReturn:
    """NaN and Infinity are no JSON."""
    raise NotJson("not_json")
