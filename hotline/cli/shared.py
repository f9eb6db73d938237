"""What the commands share: the instance they work on, times as people write them, and what they print."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from hotline.bootstrap import Hotline, bootstrap
from hotline.domain.moments import parse_moment
from hotline.domain.roster import DutyNumber
from hotline.domain.time import SHANGHAI

#: --json of every command that another program may read.
json_option = click.option("--json", "as_json", is_flag=True, help="For programs.")


def hotline_of(ctx: click.Context) -> Hotline:
    """The instance in HOTLINE_HOME, read once a command; who calls `main` with `obj` works on that instead."""
    root = ctx.find_root()
    if root.obj is None:
        root.obj = bootstrap()
    return root.obj


def moment_option(ctx: click.Context, name: str, text: str, ahead: bool = False) -> datetime:
    """The moment that option `name` means. Raises BadParameter."""
    try:
        return parse_moment(text, hotline_of(ctx).clock(), ahead)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param_hint=f"--{name}") from None


def this_user() -> str:
    """Who runs the command, for the audit log."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as in containers
        return "command line"


def wall(moment: datetime | None) -> str:
    """A moment as it is shown: Asia/Shanghai, to the minute, or to the second where there are any."""
    if moment is None:
        return ""
    local = moment.astimezone(SHANGHAI)
    return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"


def iso(moment: datetime | None) -> str | None:
    """A moment for programs: ISO 8601 with the offset of Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).isoformat() if moment else None


def duty_view(duty: Iterable[DutyNumber]) -> list[dict[str, str]]:
    return [{"person": entry.person, "number": entry.number} for entry in duty]


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A title line, then the table. Into a pipe nothing is cut to the width of a screen that is not there."""
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        # What people wrote is text, not markup.
        table.add_row(*(Text(field) for field in row))
    click.echo(title)
    console = Console()
    Console(width=console.width if console.is_terminal else 250).print(table)
