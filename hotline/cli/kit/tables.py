"""What all commands that import a table share: the file, the meaning of its columns, and what is reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from hotline.cli.kit.language import said
from hotline.domain.reasons import because
from hotline.services.tables.shape import Shape
from hotline.services.tables.table import OpenedTable, Reading, open_table

Command = TypeVar("Command", bound=Callable[..., object])

#: No list of customers is longer; the whole file is held in memory.
MOST_BYTES = 256 * 1024 * 1024

_OPTIONS = (
    click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    click.option(
        "--map",
        "maps",
        multiple=True,
        metavar="COLUMN=FIELD",
        help='What a column means, by its heading or letter; "COLUMN=-" leaves it out. May be given again.',
    ),
    click.option("--sheet", default="", help="Which sheet of a workbook."),
    click.option(
        "--headings",
        default=0,
        type=click.IntRange(0),
        metavar="LINE",
        help="In which line the headings stand; default: they are found.",
    ),
    click.option("--dry-run", is_flag=True, help="Only say what would happen."),
)


def table_options(command: Command) -> Command:
    """Adds the parameters file, maps, sheet, headings and dry_run."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def opened(ctx: click.Context, shape: Shape) -> OpenedTable:
    """The table that the command was given; what should be known of it goes to stderr. Raises Faults."""
    given = ctx.params
    mapping = {}
    for text in given["maps"]:
        column, equals, field = text.rpartition("=")
        if not equals or not column.strip():
            raise click.BadParameter(said(because("tables.map")), ctx, param_hint="--map")
        mapping[column.strip()] = field.strip()
    if given["file"].stat().st_size > MOST_BYTES:
        raise click.BadParameter(
            said(because("tables.too_many_megabytes", most=MOST_BYTES // 1024**2)), ctx, param_hint="FILE"
        )
    table = open_table(given["file"].read_bytes(), shape, Reading(mapping, given["sheet"], given["headings"]))
    for note in table.notes[:100]:
        click.echo(said(note.reason), err=True)
    return table
