"""Why another program or server cannot be reached, in words for the reader where there are some."""

from __future__ import annotations

import errno
import socket
import ssl

from hotline.domain.reasons import Reason, because

_NO_WAY = (errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN)
_MOST = 200


def why_unreachable(error: Exception) -> Reason | str:
    """What stood in the way; text: what the machine says of it."""
    if isinstance(error, ConnectionRefusedError):
        return because("unreachable.refused")
    if isinstance(error, ssl.SSLError):
        return because("unreachable.tls", why=str(error)[:_MOST])
    if isinstance(error, TimeoutError):
        return because("unreachable.timeout")
    if isinstance(error, socket.gaierror):
        return because("unreachable.no_name")
    if isinstance(error, ConnectionError):
        return because("unreachable.closed")
    if isinstance(error, OSError) and error.errno in _NO_WAY:
        return because("unreachable.no_way")
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[:_MOST]
    return f"{type(error).__name__}: {error}".removesuffix(": ")[:_MOST]
