"""`hotline blocklist`: nuisance callers (A15)."""

from __future__ import annotations

from datetime import datetime

import click

from hotline.cli.kit.instance import hotline_of, moment_option
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import iso, json_option, print_json, print_table, who
from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.line.blocked_prefix import BlockedPrefix, is_prefix
from hotline.domain.numbers import as_dialled, region
from hotline.domain.reasons import Reason, because
from hotline.domain.time import minute_text
from hotline.services.line import line
from hotline.services.line.prefixes import block_prefix, blocked_prefixes, unblock_prefix

by_option = click.option("--by", default=who, metavar="NAME", help="Who; default: the user of this machine.")


@click.group("blocklist")
def command() -> None:
    """Callers who are turned away, with reason and expiry."""


@command.command("list")
@json_option
@click.pass_context
def list_numbers(ctx: click.Context, as_json: bool) -> None:
    """Who is blocked now."""
    hotline = hotline_of(ctx)
    found: list[BlockedNumber | BlockedPrefix] = [
        *blocked_prefixes(hotline.storage, hotline.clock()),
        *line.blocked_numbers(hotline.storage, hotline.clock()),
    ]
    if as_json:
        print_json([_view(blocked) for blocked in found])
        return
    click.echo(said(because("commands.blocked_count", count=len(found))))
    print_table(("Number", "Region", "Reason", "By", "Since", "Until"), [_row(blocked) for blocked in found])


@command.command()
@click.argument("number")
@click.option("--reason", required=True, help="Why; stands in the list.")
@click.option("--until", metavar="TIME", help='Until when: "+30d", a date. Without it until it is lifted.')
@by_option
@json_option
@click.pass_context
def add(ctx: click.Context, number: str, reason: str, until: str | None, by: str, as_json: bool) -> None:
    """Turn the caller NUMBER away from now on; "1381234*": all whose numbers begin so."""
    hotline = hotline_of(ctx)
    expires_at = moment_option(ctx, "until", until, ahead=True) if until else None
    block = block_prefix if is_prefix(number) else line.block
    blocked = block(hotline.storage, hotline.settings, number, reason, by, hotline.clock(), expires_at)
    if as_json:
        print_json(_view(blocked))
    else:
        click.echo(said(_blocked(blocked, expires_at)))


@command.command()
@click.argument("number")
@by_option
@click.pass_context
def remove(ctx: click.Context, number: str, by: str) -> None:
    """Let the caller NUMBER through again; as it stands in the list."""
    hotline = hotline_of(ctx)
    unblock = unblock_prefix if is_prefix(number) else line.unblock
    click.echo(said(because("commands.unblocked", number=unblock(hotline.storage, number, by, hotline.clock()))))


def _number(blocked: BlockedNumber | BlockedPrefix) -> str:
    return blocked.number if isinstance(blocked, BlockedNumber) else blocked.written


def _blocked(blocked: BlockedNumber | BlockedPrefix, expires_at: datetime | None) -> Reason:
    if expires_at is None:
        return because("commands.blocked", number=_number(blocked))
    return because("commands.blocked_until", number=_number(blocked), until=expires_at)


def _row(blocked: BlockedNumber | BlockedPrefix) -> tuple[str, ...]:
    since, until = minute_text(blocked.created_at), minute_text(blocked.expires_at) or "lifted"
    number, where = _number(blocked), region(blocked.number) if isinstance(blocked, BlockedNumber) else ""
    return as_dialled(number), where, blocked.reason, blocked.blocked_by, since, until


def _view(blocked: BlockedNumber | BlockedPrefix) -> dict[str, object]:
    return {
        "number": _number(blocked),
        "reason": blocked.reason,
        "by": blocked.blocked_by,
        "since": iso(blocked.created_at),
        "until": iso(blocked.expires_at),
    }
