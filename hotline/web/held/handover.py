"""Takes a connection over from the web server during the response, so that the request thread is free again."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from typing import Any, Generic, Protocol, TypeVar

from flask import Response, request


class Greeting(Protocol):
    """What says something first, and can be read by a server whose sockets cannot be had."""

    def greeting(self) -> bytes: ...

    def __iter__(self) -> Iterator[bytes]:
        """All that follows the greeting."""

    def close(self) -> None: ...


Told = TypeVar("Told", bound=Greeting)
Told_contra = TypeVar("Told_contra", contravariant=True)


class Carrier(Protocol[Told_contra]):
    """Who carries connections on: a `Holder`, here or in another process."""

    def carry(self, connection: socket.socket, feed: Told_contra, chunked: bool) -> None:
        """From now on the connection is theirs. `chunked`: as HTTP/1.1 frames what has no length."""


def take(environ: dict[str, Any]) -> socket.socket | None:
    """The connection of this request, from now on ours; None where the server does not show it.

    The server goes on to write its last chunk, and closes: that meets a stand-in whose other side has gone. By the
    descriptor and not by the server's own objects, which are others in each version.
    """
    theirs = environ.get("gunicorn.socket")
    if theirs is None:
        return None
    ours = socket.socket(fileno=os.dup(theirs.fileno()))
    near, far = socket.socketpair()
    far.close()
    os.dup2(near.fileno(), theirs.fileno(), inheritable=False)
    near.close()
    return ours


def event_stream(carrier: Carrier[Told], feed: Told) -> Response:
    """Server-sent events, held outside the threads that answer; the feed is closed at the end."""
    body = _Body(carrier, feed, request.environ)
    response = Response(iter(body), mimetype="text/event-stream")
    response.call_on_close(body.close)
    return _never_kept(response)


def headers_alone() -> Response:
    """The answer to HEAD."""
    return _never_kept(Response(mimetype="text/event-stream"))


def _never_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # a proxy that collects would hold back what rings
    return response


class _Body(Generic[Told]):
    def __init__(self, carrier: Carrier[Told], feed: Told, environ: dict[str, Any]) -> None:
        self._carrier, self._feed, self._environ = carrier, feed, environ
        self._handed_over = False

    def __iter__(self) -> Iterator[bytes]:
        # The server sends its headers with the first piece, and asks for the second once it is out.
        yield self._feed.greeting()
        connection = take(self._environ)
        if connection is None:
            yield from self._feed
            return
        self._handed_over = True
        chunked = self._environ.get("SERVER_PROTOCOL") != "HTTP/1.0"
        self._carrier.carry(connection, self._feed, chunked)

    def close(self) -> None:
        if not self._handed_over:
            self._feed.close()
