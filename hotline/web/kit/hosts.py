"""By which names and addresses this server may be called.

A Host header is a visitor's word, and it comes to stand in links that are sent to others. Trusted without any setting:
this machine by its loopback, by the very address that the connection came in at, and by its own names; then what the
settings name: [web] public_url and hosts, [listen] host and external_address. Whatever else is asked for is refused.
"""

from __future__ import annotations

import functools
import ipaddress
import re
import socket
from urllib.parse import urlsplit

from flask import Flask, g, request
from werkzeug.exceptions import HTTPException

from hotline.settings import Settings
from hotline.web.kit.context import web

#: What a router or the machines themselves put behind a name in a local network.
_LOCAL = ("", ".local", ".lan", ".home.arpa", ".internal")


class UnknownHost(HTTPException):
    code = 400
    description = (
        "this address is not known as the hotline's; whoever runs it names it in [web] hosts or public_url "
        "of the settings"
    )


def install(app: Flask) -> None:
    app.before_request(_require_known_host)


def is_foreign() -> bool:
    """Whether this request was refused for its Host: then nothing that is answered may hold it."""
    return "foreign_host" in g


def _require_known_host() -> None:
    host = host_of(request.environ.get("HTTP_HOST", "")) if "HTTP_HOST" in request.environ else "localhost"
    if not is_known(host, web().settings, _arrived_at()):
        g.foreign_host = True
        raise UnknownHost()


def host_of(netloc: str) -> str:
    """Lower case, without port, brackets and the dot at the end; "" for what is no host."""
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9._-]{1,253}?))\.?(?::[0-9]{1,5})?", netloc)
    return (found[1] or found[2]).lower() if found else ""


def is_known(host: str, settings: Settings, arrived_at: str) -> bool:
    """`arrived_at`: the address of ours that the connection was made to, "" where that is not to be had."""
    if not host:
        return False
    if host in _configured(settings):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost") or host in _own_names()
    return address.is_loopback or host == arrived_at


def _configured(settings: Settings) -> set[str]:
    named = (
        *settings.web.hosts,
        urlsplit(settings.web.public_url).netloc,
        settings.listen.external_address,
        str(settings.listen.host),
    )
    return {
        host_of(f"[{each}]" if each.count(":") > 1 and not each.startswith("[") else each) for each in named if each
    } - {"0.0.0.0", "::"}


@functools.cache
def _own_names() -> frozenset[str]:
    names = {socket.gethostname().lower(), socket.getfqdn().lower()} - {""}
    return frozenset({name + ending for name in names for ending in (_LOCAL if "." not in name else ("",))})


def _arrived_at() -> str:
    connection = request.environ.get("gunicorn.socket")
    if connection is None:
        return ""
    try:
        found = str(connection.getsockname()[0]).partition("%")[0]
    except (OSError, IndexError):
        return ""
    return found.removeprefix("::ffff:")
