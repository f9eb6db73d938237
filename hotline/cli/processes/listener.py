"""`hotline listener`: AMI events to the ledger."""

from __future__ import annotations

import signal

import click

from hotline.asterisk.process import settle_memory
from hotline.bootstrap.listener import make_listener
from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.logs import log_as_set


@click.command("listener")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Write every call to the ledger as it happens. Ends on SIGTERM or Ctrl-C; on a fault, with exit code
    1."""
    hotline = hotline_of(ctx)
    log_as_set(hotline)
    listener = make_listener(hotline)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _signal, _frame: listener.stop())
    settle_memory()
    listener.run()
