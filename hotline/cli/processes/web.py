"""`hotline web`: the pages and the API."""

from __future__ import annotations

import click
from flask import Flask

from hotline.bootstrap import bootstrap
from hotline.bootstrap.web import make_app
from hotline.cli.kit.logs import log_as_set
from hotline.cli.kit.started import command_of
from hotline.web.kit.assets import require_assets
from hotline.web.server import WebServer, listen


@click.command()
def command() -> None:
    """Serve the pages and the API. Ends on SIGTERM or Ctrl-C."""
    hotline = bootstrap()
    log_as_set(hotline)
    settings = hotline.settings
    hotline.storage.close()  # a connection must not go over into the processes that serve
    require_assets()
    served = listen(str(settings.listen.host), settings.listen.http_port)
    WebServer(_make_app, settings, served, push=command_of("push")).run()


def _make_app() -> Flask:
    """In the process that serves: with its own connections to the database."""
    hotline = bootstrap()
    log_as_set(hotline)
    return make_app(hotline)
