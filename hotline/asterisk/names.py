"""Host names resolved to addresses."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress


def addresses_of(names: Iterable[str]) -> frozenset[str]:
    """At present; a name that cannot be looked up stands for none."""
    found: set[str] = set()
    for name in filter(None, names):
        with suppress(OSError, UnicodeError):
            found |= {str(each[4][0]) for each in socket.getaddrinfo(name, None)}
    return frozenset(found)
