"""`hotline push`: what is pushed to open pages."""

from __future__ import annotations

import socket

import click

from hotline.bootstrap import bootstrap
from hotline.bootstrap.push import make_push
from hotline.cli.kit.logs import log_as_set
from hotline.web.push.process import run
from hotline.web.push.warm import warm_up


@click.command()
@click.argument("line", type=click.IntRange(0))
def command(line: int) -> None:
    """Push to the open pages of the web server, which starts this itself. LINE: its end of their line, a descriptor."""
    hotline = bootstrap()
    log_as_set(hotline)
    warm_up()
    run(make_push(hotline), socket.socket(fileno=line))
