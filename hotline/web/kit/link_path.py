"""Below which path whoever has a link, and no account, is let in: all that a reverse proxy has to open to others."""

from __future__ import annotations

from flask import request

PREFIX = "/l/"


def by_link() -> bool:
    """Whether this request's address holds the secret of a link: no log may have it."""
    return request.path.startswith(PREFIX)
