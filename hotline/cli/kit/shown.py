"""How the commands show things: times as on the wall in Shanghai, tables for people, JSON for programs."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.table import Table

from hotline.cli.kit.help import heading
from hotline.cli.kit.language import said
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason
from hotline.domain.rights import given

json_option = click.option("--json", "as_json", is_flag=True, help="For programs.")


def iso(at: datetime | None) -> str | None:
    """UTC as in the API: 2026-03-11T02:00:00Z."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def for_programs(value: object) -> object:
    """For programs: dataclasses by their fields, reasons in words."""
    if isinstance(value, Reason):
        return said(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: for_programs(getattr(value, field.name)) for field in fields(value)}
    return [for_programs(each) for each in value] if isinstance(value, list | tuple) else value


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = Table(*map(heading, columns), box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*row)
    # Cells are text from outside: no markup in them counts, and nothing is cut when it goes to a file.
    width = None if sys.stdout.isatty() else 1000
    Console(markup=False, emoji=False, highlight=False, width=width).print(table)


def print_record(values: Mapping[str, str]) -> None:
    for name, value in values.items():
        click.echo(f"{heading(name)}: {value}")


def administrator() -> Actor:
    """Whoever has this machine's command line may do everything."""
    return Actor(who(), given.COMMAND_LINE_LOOKS, who())


def who() -> str:
    """Who acts on the command line, for the audit log."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):  # no name for this user id, as in some containers
        return "cli"
