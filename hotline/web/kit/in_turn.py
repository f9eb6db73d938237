"""Pages that count much are made one after the other, so that what rings, and every other page, comes first."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import request

from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.turns import Turning

Given = ParamSpec("Given")
Made = TypeVar("Made")

#: Of one person, in several tabs or by a program.
_MOST_EACH = 4


def in_turn(view: Callable[Given, Made]) -> Callable[Given, Made]:
    """The view, once it is its turn. It stands below what says who may: nobody waits for what they may not see. Raises
    Busy, which the reader is told in words."""

    @wraps(view)
    def waiting(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        context = web()
        with context.turns.taken(actor().name, _turning(), _is_gone):
            return view(*args, **kwargs)

    return waiting


def _turning() -> Turning:
    """Half of the threads stay free for all other pages."""
    settings = web().settings
    most = max(1, settings.web.threads // 2)
    asked = settings.reports
    return Turning(min(asked.at_once, most), most, _MOST_EACH, asked.wait_seconds)


def _is_gone() -> bool:
    """The browser has closed the connection: it went elsewhere, or asks again."""
    connection = request.environ.get("gunicorn.socket")
    if connection is None:
        return False
    try:
        return not connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False  # nothing comes, and nothing ended
    except OSError:
        return True  # it was torn off
    except ValueError:
        return False  # a connection that is encrypted here lets nobody look
