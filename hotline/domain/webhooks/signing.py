"""How a delivery is signed: as the Standard Webhooks specification 1.0 says (symmetric, "v1").

What is signed is id, moment and body, each behind a dot: so neither can be exchanged, and an old one cannot be sent
again by somebody else without its age being seen.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable

#: What a secret that is shown begins with.
_PREFIX = "whsec_"


def secret_of(root: str, key: str, version: int) -> bytes:
    """The 32 bytes that sign for this hook. `root`: a secret of this instance that is stored nowhere else; so no
    database and no export of one holds what signs."""
    return hmac.new(root.encode(), f"web hook {key} {version}".encode(), hashlib.sha256).digest()


def shown(secret: bytes) -> str:
    """As receivers' libraries take it."""
    return _PREFIX + base64.b64encode(secret).decode()


def signature(secret: bytes, key: str, moment: int, body: bytes) -> str:
    """`moment`: seconds of the epoch."""
    signed = f"{key}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()


def headers(secrets: Iterable[bytes], key: str, moment: int, body: bytes) -> dict[str, str]:
    """What a delivery carries; one signature a secret that is valid."""
    return {
        "Content-Type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": str(moment),
        "webhook-signature": " ".join(signature(each, key, moment, body) for each in secrets),
    }
