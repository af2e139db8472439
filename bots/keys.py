"""The two secrets of an installation, and what is done with them: sealing, and recognising an address.

`SECRET_KEY` signs links. `IDENTITY_KEY` keeps what people wrote, and where they can be reached, from whoever
reads the database. It may be a list, `new,old`: the first seals, all of them open, and the last one keys the
fingerprints, so that whoever was known stays known.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bots.settings import KeysError

if TYPE_CHECKING:
    from pathlib import Path

SHORTEST: Final = 32
"""Characters of a key."""
_NAMES: Final = ("SECRET_KEY", "IDENTITY_KEY")


class SealedOtherwiseError(Exception):
    """Something was sealed with a key that is not held any more."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What can be done with the secrets; they themselves are shown nowhere."""

    signing: str
    _sealing: MultiFernet
    _hashing: bytes

    def __repr__(self) -> str:
        return "Keys(…)"

    def seal(self, content: bytes) -> bytes:
        """Encrypt, so that it can be kept."""
        return self._sealing.encrypt(content)

    def unseal(self, sealed: bytes) -> bytes:
        """Give back what was sealed.

        Raises:
            SealedOtherwiseError: with none of these keys.
        """
        try:
            return self._sealing.decrypt(sealed)
        except InvalidToken as error:
            raise SealedOtherwiseError from error

    def fingerprint(self, *parts: str) -> str:
        """The same 24 characters for the same parts, from which nobody without the key can tell them."""
        plain = "\0".join(parts).encode("utf-8", "surrogatepass")
        digest = hmac.digest(self._hashing, plain, "sha256")
        return base64.urlsafe_b64encode(digest[:18]).decode()


def keys_of(signing: str, identity: str) -> Keys:
    """Keys from the values of the two settings.

    Raises:
        KeysError: `key_too_short`.
    """
    listed = [part.strip() for part in identity.split(",") if part.strip()]
    for name, values in zip(_NAMES, ([signing], listed or [""]), strict=True):
        if min(map(len, values)) < SHORTEST:
            raise KeysError("key_too_short", name)
    sealing = MultiFernet(
        [Fernet(base64.urlsafe_b64encode(_derived(key, b"nearby seals"))) for key in listed]
    )
    return Keys(signing, sealing, _derived(listed[-1], b"nearby recognises"))


def find_keys(signing: str, identity: str, store: Path | None) -> Keys:
    """Keys as they are set; what is unset comes from a file beside the SQLite store, made once.

    Raises:
        KeysError: `keys_needed`, `key_too_short`, `keys_unreadable`.
    """
    if signing and identity:
        return keys_of(signing, identity)
    if store is None:
        raise KeysError("keys_needed", " and ".join(_missing(signing, identity)))
    kept = _kept(store.with_name(f"{store.name}.secrets.json"))
    return keys_of(signing or kept["SECRET_KEY"], identity or kept["IDENTITY_KEY"])


def _missing(signing: str, identity: str) -> list[str]:
    return [name for name, value in zip(_NAMES, (signing, identity), strict=True) if not value]


def _derived(key: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(key.encode())


def _kept(path: Path) -> dict[str, str]:
    """Read the file of secrets; where there is none, make it, and let one of two that do so win."""
    try:
        if not path.exists():
            _make(path)
        held = json.loads(path.read_text())
        return {name: str(held[name]) for name in _NAMES}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KeysError("keys_unreadable", str(path)) from error


def _make(path: Path) -> None:
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    content = json.dumps({name: secrets.token_urlsafe(32) for name in _NAMES}, indent=1)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:  # somebody else's is there now, and is used
        return
    finally:
        fresh.unlink()
