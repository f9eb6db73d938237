"""Passwords in a backup, sealed by a passphrase: AES-256-GCM with a key that scrypt makes of it."""

from __future__ import annotations

import io
import secrets
import tarfile
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from hotline.domain.errors import Refused

_MAGIC = b"HLBACKUP1\n"
_SALT, _NONCE = 16, 12


def seal(files: Mapping[str, bytes], passphrase: str) -> bytes:
    """All of them as one sealed text; a backup has one, so each salt and nonce is used once."""
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    return _MAGIC + salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, _packed(files), _MAGIC)


def unseal(sealed: bytes, passphrase: str) -> dict[str, bytes]:
    """Raises Refused for another passphrase, or what was changed since."""
    head = len(_MAGIC) + _SALT + _NONCE
    salt, nonce = sealed[len(_MAGIC) : len(_MAGIC) + _SALT], sealed[len(_MAGIC) + _SALT : head]
    try:
        if not sealed.startswith(_MAGIC):
            raise InvalidTag
        packed = AESGCM(_key(passphrase, salt)).decrypt(nonce, sealed[head:], _MAGIC)
    except (InvalidTag, ValueError):
        raise Refused("backups.wrong_passphrase", field="passphrase") from None
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        return {each.name: _content(archive, each) for each in archive.getmembers()}


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())


def _packed(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return written.getvalue()


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    return file.read() if file else b""
