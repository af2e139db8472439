"""Turns the bytes of one record into a document without losing anything silently.

orjson is fast, but it rounds integers beyond 64 bits and keeps the last of two equal keys without a
word. What could be such a case is parsed again, slowly and exactly.
"""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

import orjson

_DIGITS_TO_ZERO = bytes(0x30 if 0x30 <= byte <= 0x39 else byte for byte in range(256))
_LONG_NUMBER = b"0" * 19


class _OddError(ValueError):
    """JSON by its grammar or nearly, but nothing that can be kept without loss."""


def decode(raw: bytes) -> tuple[Any, str]:
    """Parse one JSON value: `(value, "")`, or `(None, reason)`."""
    try:
        value = orjson.loads(raw)
        written = orjson.dumps(value)
    except ValueError:
        return _decode_exactly(raw)
    except TypeError:  # what orjson says to more than 254 levels, which nothing here could write again
        return None, "too_deep"
    if raw == written:
        return value, ""
    same_keys = raw.count(b'":') == written.count(b'":')
    if same_keys and _LONG_NUMBER not in raw.translate(_DIGITS_TO_ZERO):
        return value, ""
    return _decode_exactly(raw)


def _decode_exactly(raw: bytes) -> tuple[Any, str]:
    try:
        value = json.loads(
            raw.decode(), object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite
        )
        json.dumps(value, ensure_ascii=False).encode()
    except _OddError as odd:
        return None, str(odd)
    except UnicodeDecodeError:
        return None, "not_utf8"
    except UnicodeEncodeError:
        return None, "lone_surrogate"
    except RecursionError:
        return None, "too_deep"
    except ValueError:
        return None, "not_json"
    return value, ""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise _OddError("duplicate_key")
    return document


def _no_constant(_name: str) -> NoReturn:
    raise _OddError("not_a_number")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise _OddError("not_a_number")
    return number
