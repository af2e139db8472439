"""A published document as it is stored, and the hash by which the next import knows it again."""

from __future__ import annotations

import zlib
from hashlib import blake2b
from typing import Any

from directory.hsds import canonical

MAX_BODY = 4 * 1024 * 1024
"""Bytes of a document that are kept of what could not be taken."""


def fingerprint(written: bytes) -> str:
    """128 bits of hash in hexadecimal, of a document as `hsds.canonical` writes it."""
    return blake2b(written, digest_size=16).hexdigest()


def pack(written: bytes) -> bytes:
    """For a `body` column. Level 1: the higher ones take three times as long for a tenth less."""
    return zlib.compress(written, 1)


def unpack(body: bytes) -> bytes:
    """What `pack` was given."""
    return zlib.decompress(body)


def document_of(body: bytes) -> tuple[dict[str, Any], bytes]:
    """The document in a `body` column of `publication`, or of a repeated line in `quarantine`.

    Second, as it is written.
    """
    written = zlib.decompress(body)
    document: dict[str, Any] = canonical.loads(written)
    return document, written
