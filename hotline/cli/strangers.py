"""`hotline strangers`: addresses blocked after too many failed log-ins by SIP."""

from __future__ import annotations

import click

from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import iso, json_option, print_json, print_table, who
from hotline.domain.reasons import because
from hotline.domain.time import minute_text
from hotline.services.ways_in.shutting_out import lift, shut_out_addresses


@click.group("strangers")
def command() -> None:
    """Addresses that Asterisk takes no SIP from, since somebody there tried names or passwords."""


@command.command("list")
@json_option
@click.pass_context
def list_addresses(ctx: click.Context, as_json: bool) -> None:
    """Which are shut out now, and until when."""
    hotline = hotline_of(ctx)
    found = shut_out_addresses(hotline.pbx)
    if as_json:
        print_json([{"address": each.address, "until": iso(each.until)} for each in found])
        return
    click.echo(said(because("commands.shut_out_count", count=len(found))))
    print_table(("Address", "Until"), [(each.address, minute_text(each.until)) for each in found])


@command.command("lift")
@click.argument("address")
@click.option("--by", default=who, metavar="NAME", help="Who; default: the user of this machine.")
@click.pass_context
def let_in(ctx: click.Context, address: str, by: str) -> None:
    """Let ADDRESS in again at once."""
    hotline = hotline_of(ctx)
    lift(hotline.storage, hotline.pbx, address, by, hotline.clock())
    click.echo(said(because("commands.let_in", address=address)))
