"""Why something cannot be reached is said in the reader's language, not in the machine's."""

from __future__ import annotations

import errno
import socket
import ssl

import pytest

from hotline.domain.reasons import Reason
from hotline.services.unreachable import why_unreachable


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), "unreachable.refused"),
        (TimeoutError("timed out"), "unreachable.timeout"),
        (OSError(errno.ETIMEDOUT, "Connection timed out"), "unreachable.timeout"),
        (socket.gaierror(-2, "Name or service not known"), "unreachable.no_name"),
        (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), "unreachable.closed"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), "unreachable.closed"),
        (OSError(errno.EHOSTUNREACH, "No route to host"), "unreachable.no_way"),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "unreachable.no_way"),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"), "unreachable.tls"),
    ],
)
def test_what_stood_in_the_way_has_words(error: Exception, code: str) -> None:
    found = why_unreachable(error)
    assert isinstance(found, Reason) and found.code == code


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
        (ValueError("x" * 500), "ValueError: " + "x" * 188),
        (OSError(), "OSError"),
    ],
)
def test_what_has_no_words_is_said_as_the_machine_says_it_and_is_never_long(error: Exception, text: str) -> None:
    assert why_unreachable(error) == text
