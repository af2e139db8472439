"""What is sealed is opened with a key that is held, and with no other."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from bots.keys import SealedOtherwiseError, find_keys, keys_of
from bots.settings import KeysError

if TYPE_CHECKING:
    from pathlib import Path

S, OLD, NEW = "s" * 40, "o" * 40, "n" * 40


def test_sealed_and_opened() -> None:
    """The same content is sealed differently each time."""
    keys = keys_of(S, OLD)
    sealed = keys.seal(b"library ls9")
    assert b"library" not in sealed
    assert keys.seal(b"library ls9") != sealed
    assert keys.unseal(sealed) == b"library ls9"
    assert OLD not in repr(keys)


def test_a_key_is_changed_while_it_is_used() -> None:
    """With both, what the old one sealed is opened, and whoever was known is recognised."""
    before, meanwhile = keys_of(S, OLD), keys_of(S, f"{NEW}, {OLD}")
    sealed = before.seal(b"x")
    assert meanwhile.unseal(sealed) == b"x"
    assert meanwhile.fingerprint("person", "telegram", "1") == before.fingerprint("person", "telegram", "1")
    with pytest.raises(SealedOtherwiseError):
        before.unseal(meanwhile.seal(b"x"))


def test_fingerprints_differ_with_every_part_and_key() -> None:
    """And are the same for the same."""
    keys = keys_of(S, OLD)
    prints = {
        keys.fingerprint("person", "telegram", "1"),
        keys.fingerprint("room", "telegram", "1"),
        keys.fingerprint("person", "telegram1", ""),
        keys_of(S, NEW).fingerprint("person", "telegram", "1"),
    }
    assert len(prints) == 4


def test_beside_a_sqlite_file_they_are_made_once(tmp_path: Path) -> None:
    """For its owner's eyes only; of many that start at once all have the same."""
    store = tmp_path / "nearby.db"
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: find_keys("", "", store), range(16)))
    assert len({keys.signing for keys in made}) == 1
    assert made[0].unseal(made[-1].seal(b"x")) == b"x"
    (file,) = tmp_path.iterdir()
    assert file.name == "nearby.db.secrets.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_is_set_wins(tmp_path: Path) -> None:
    """The file is for what is not."""
    keys = find_keys(S, "", tmp_path / "nearby.db")
    assert keys.signing == S
    held = json.loads((tmp_path / "nearby.db.secrets.json").read_text())
    assert keys.unseal(keys_of(S, held["IDENTITY_KEY"]).seal(b"x")) == b"x"
    assert find_keys(S, OLD, None).signing == S


@pytest.mark.parametrize(
    ("signing", "identity", "code", "detail"),
    [
        ("", "", "keys_needed", "SECRET_KEY and IDENTITY_KEY"),
        (S, "", "keys_needed", "IDENTITY_KEY"),
        ("short", OLD, "key_too_short", "SECRET_KEY"),
        (S, f"{NEW},short", "key_too_short", "IDENTITY_KEY"),
        (S, ",", "key_too_short", "IDENTITY_KEY"),
    ],
)
def test_what_is_missing_is_said(signing: str, identity: str, code: str, detail: str) -> None:
    """On PostgreSQL there is no file beside the store."""
    with pytest.raises(KeysError) as caught:
        find_keys(signing, identity, None)
    assert (caught.value.code, caught.value.detail) == (code, detail)


def test_a_broken_file_is_not_replaced(tmp_path: Path) -> None:
    """What it had sealed would be lost."""
    file = tmp_path / "nearby.db.secrets.json"
    file.write_text('{"SECRET_KEY": ')
    with pytest.raises(KeysError) as caught:
        find_keys("", "", tmp_path / "nearby.db")
    assert caught.value.code == "keys_unreadable"
    assert file.read_text() == '{"SECRET_KEY": '
