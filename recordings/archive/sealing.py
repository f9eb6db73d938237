"""Files sealed with a key: nobody without it reads them, and nobody changes, cuts, swaps or renames them unseen.

AES-256-GCM over pieces of 1 MiB, each with its place and whether it is the last in its nonce (as in STREAM and age), so
that no piece can be moved or left out; the file's path on the disc is authenticated with each. Each file has its own
key, derived by HKDF from the disc's key file and a salt in the file's head; what is derived beside it tells a wrong key
from a damaged file.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hotline.domain.errors import Refused

SUFFIX = ".enc"
PIECE = 1 << 20
_MAGIC = b"HLSEAL1\n"
_SALT = _CHECK = _TAG = 16
_HEAD = len(_MAGIC) + _SALT + _CHECK
_KEY_HEX = 64


class WrongKey(Refused):
    """The file was sealed with another key."""


class Damaged(Refused):
    """The sealed file is not what was written, or is not sealed at all."""


def new_key(file: Path) -> None:
    """A key of 256 random bits as a line of text that only its owner reads. Raises Refused when the file is there."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Refused("retention.key_not_written", file=str(file), why=str(error.strerror)) from None
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(secrets.token_hex(_KEY_HEX // 2) + "\n")
        opened.flush()
        os.fsync(descriptor)


def read_key(file: Path) -> bytes:
    """Raises Refused for a file that is no key."""
    try:
        text = file.read_text("ascii").strip()
        if len(text) != _KEY_HEX:
            raise ValueError
        return bytes.fromhex(text)
    except OSError as error:
        raise Refused("retention.key_unreadable", file=str(file), why=str(error.strerror)) from None
    except ValueError:
        raise Refused("retention.no_key", file=str(file), digits=_KEY_HEX) from None


def sealed_size(size: int) -> int:
    """Bytes that `size` bytes have once sealed."""
    return _HEAD + size + _TAG * max(1, -(-size // PIECE))


def new_salt() -> bytes:
    return secrets.token_bytes(_SALT)


def seal(key: bytes, salt: bytes, name: str, plain: Iterable[bytes]) -> Iterator[bytes]:
    """The sealed file `name`, piece by piece. A salt serves one file only."""
    cipher, check = _derived(key, salt)
    yield _MAGIC + salt + check
    for number, (piece, last) in enumerate(_pieces(plain)):
        yield cipher.encrypt(_nonce(number, last), piece, name.encode())


def unseal(key: bytes, name: str, sealed: BinaryIO) -> Iterator[bytes]:
    """What was sealed as `name`, piece by piece. Raises WrongKey, Damaged; what came before then was authentic."""
    head = sealed.read(_HEAD)
    if len(head) < _HEAD or not head.startswith(_MAGIC):
        raise Damaged("retention.not_sealed", file=name)
    salt, told = head[len(_MAGIC) : -_CHECK], head[-_CHECK:]
    cipher, check = _derived(key, salt)
    if not hmac.compare_digest(told, check):
        raise WrongKey("retention.wrong_key", file=name)
    # A short read in the middle would look like the last piece; whatever reads here fills its pieces.
    number, piece = 0, sealed.read(PIECE + _TAG)
    while True:
        following = sealed.read(PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, not following), piece, name.encode())
        except InvalidTag:
            raise Damaged("retention.seal_broken", file=name) from None
        if not following:
            return
        number, piece = number + 1, following


def _derived(key: bytes, salt: bytes) -> tuple[AESGCM, bytes]:
    made = HKDF(SHA256(), 32 + _CHECK, salt, b"hotline archive 1").derive(key)
    return AESGCM(made[:32]), made[32:]


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _pieces(plain: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Pieces of PIECE bytes, the last one shorter or as long, and whether it is the last; one at least."""
    held = bytearray()
    for block in plain:
        held += block
        while len(held) > PIECE:
            yield bytes(held[:PIECE]), False
            del held[:PIECE]
    yield bytes(held), True
