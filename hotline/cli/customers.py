"""`hotline customers`: bringing them in and giving them out as a table (CSV)."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from hotline.cli.instance import hotline_of
from hotline.cli.shown import json_option, print_json, who
from hotline.domain.records import Actor, Role
from hotline.services import customers_csv
from hotline.services.roster_csv import decode


@click.group("customers")
def command() -> None:
    """Customers as a table."""


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@json_option
@click.pass_context
def import_file(ctx: click.Context, file: Path, dry_run: bool, as_json: bool) -> None:
    """Read customers from a table (CSV) with the columns name, company, numbers, region, address, mail,
    preferred_way, do_not_call, note.

    Several numbers in one field are parted by ";". Who has the number and the name already is completed, not doubled.
    Nothing is read while a line is wrong; every such line is named.
    """
    hotline = hotline_of(ctx)
    found = customers_csv.read_customers(decode(file.read_bytes()), hotline.settings.numbers.outside_prefixes)
    done = customers_csv.import_customers(hotline.storage, found, machine_user(), hotline.clock(), dry_run)
    if as_json:
        print_json({**asdict(done), "dry_run": dry_run})
        return
    begin = "Would be: " if dry_run else ""
    click.echo(f"{begin}{done.added} added, {done.changed} completed, {done.known} known already")


@command.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", atomic=True))
@click.pass_context
def export_file(ctx: click.Context, file: click.utils.LazyFile) -> None:
    """Write all customers with whole numbers into FILE ("-": to the screen); it stands in the audit log."""
    hotline = hotline_of(ctx)
    for line in customers_csv.export_customers(hotline.storage, machine_user(), hotline.clock()):
        file.write(line)


def machine_user() -> Actor:
    """Who acts on the command line, with all rights: they have the database anyway."""
    return Actor(who(), tuple(Role), who())
