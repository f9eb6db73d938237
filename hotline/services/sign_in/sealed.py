"""Secrets in the database, sealed with a key that stands in HOTLINE_HOME/secrets.toml: whoever has a copy of the
database alone reads none."""

from __future__ import annotations

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


def seal(key: bytes, text: str, owner: int) -> str:
    """`owner`: the account that it is of; nobody else's row can hold it."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, text.encode(), _bound_to(owner))).decode()


def unseal(key: bytes, sealed: str, owner: int) -> str | None:
    """None: it was sealed with another key, for another account, or changed."""
    try:
        data = base64.b64decode(sealed, validate=True)
        return AESGCM(key).decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], _bound_to(owner)).decode()
    except (InvalidTag, binascii.Error, ValueError):
        return None


def _bound_to(owner: int) -> bytes:
    return f"second factor of {owner}".encode()
