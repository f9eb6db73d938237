"""`hotline alerts`: what somebody has to see to."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from hotline.bootstrap import Hotline, bootstrap
from hotline.domain.time import SHANGHAI
from hotline.services.alerts import clear_by_hand, open_alerts


@click.group("alerts")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Open alerts; most end by themselves when their reason does."""
    ctx.obj = bootstrap()


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
@click.pass_obj
def list_alerts(hotline: Hotline, as_json: bool) -> None:
    """The open alerts, oldest first."""
    alerts = open_alerts(hotline.storage)
    if as_json:
        keys = ("kind", "object", "detail")
        rows = [{**{k: getattr(a, k) for k in keys}, "raised_at": a.raised_at.isoformat()} for a in alerts]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("since", "kind", "about", "detail")
    for alert in alerts:
        since = f"{alert.raised_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        table.add_row(since, alert.kind, escape(alert.object), escape(alert.detail))
    Console().print(table if alerts else "no open alerts")


@command.command("clear")
@click.argument("kind")
@click.argument("object", default="")
@click.option("--by", default="command line", show_default=True, help="Who has seen to it.")
@click.pass_obj
def clear(hotline: Hotline, kind: str, object: str, by: str) -> None:
    """End an alert that has been seen to, e.g. a lost recording."""
    clear_by_hand(hotline.storage, kind, object, by, hotline.clock())
    click.echo("cleared")
