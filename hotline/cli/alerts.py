"""`hotline alerts`: open alerts."""

from __future__ import annotations

import click

from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import iso, json_option, print_json, print_table, who
from hotline.domain.alert import Alert
from hotline.domain.reasons import because
from hotline.domain.time import minute_text
from hotline.services.alerts import clear_by_hand, open_alerts, reason_of


@click.group("alerts")
def command() -> None:
    """Open alerts; most end by themselves when their reason does."""


@command.command("list")
@json_option
@click.pass_context
def list_alerts(ctx: click.Context, as_json: bool) -> None:
    """The open alerts, oldest first."""
    alerts = open_alerts(hotline_of(ctx).storage)
    if as_json:
        print_json(
            [{"kind": a.kind, "object": a.object, "detail": _detail(a), "raised_at": iso(a.raised_at)} for a in alerts]
        )
    elif alerts:
        rows = [(minute_text(a.raised_at), a.kind, a.object, _detail(a)) for a in alerts]
        print_table(("since", "kind", "about", "detail"), rows)
    else:
        click.echo(said(because("commands.no_open_alerts")))


def _detail(alert: Alert) -> str:
    return said(reason_of(alert))


@command.command("clear")
@click.argument("kind")
@click.argument("object", default="")
@click.option("--by", default=who, metavar="NAME", help="Who has seen to it; default: the user of this machine.")
@click.pass_context
def clear(ctx: click.Context, kind: str, object: str, by: str) -> None:
    """End an alert that has been seen to, e.g. a lost recording."""
    hotline = hotline_of(ctx)
    clear_by_hand(hotline.storage, kind, object, by, hotline.clock())
    click.echo(said(because("commands.alert_cleared")))
