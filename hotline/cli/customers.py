"""`hotline customers`: import and export as a table."""

from __future__ import annotations

from dataclasses import asdict
from typing import TextIO

import click

from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import json_option, print_json, who
from hotline.cli.kit.tables import opened, table_options
from hotline.domain.people import Actor, Role
from hotline.domain.reasons import because
from hotline.services.customers import table as customers_csv


@click.group("customers")
def command() -> None:
    """Customers as a table."""


@command.command("import")
@table_options
@json_option
@click.pass_context
def import_file(ctx: click.Context, /, dry_run: bool, as_json: bool, **_table: object) -> None:
    """Read customers from a table (xlsx or CSV) with the columns name, company, numbers, region, address, mail,
    preferred_way, do_not_call, note.

    Several numbers in one field are parted by ";". Who has the number and the name already is completed, not doubled.
    Nothing is read while anything is wrong; every such line and column is named.
    """
    hotline = hotline_of(ctx)
    found = customers_csv.customers_of(opened(ctx, customers_csv.SHAPE), hotline.settings.numbers.outside_prefixes)
    done = customers_csv.import_customers(hotline.storage, found, machine_user(), hotline.clock(), dry_run)
    if as_json:
        print_json({**asdict(done), "dry_run": dry_run})
        return
    told = because("commands.customers_imported", added=done.added, changed=done.changed, known=done.known)
    click.echo(said(because("commands.would_be", what=told) if dry_run else told))


@command.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", atomic=True))
@click.pass_context
def export_file(ctx: click.Context, file: TextIO) -> None:
    """Write all customers with whole numbers into FILE ("-": to the screen); it stands in the audit log."""
    hotline = hotline_of(ctx)
    file.writelines(customers_csv.export_customers(hotline.storage, machine_user(), hotline.clock()))


def machine_user() -> Actor:
    """Who acts on the command line, with all rights: they have the database anyway."""
    return Actor(who(), tuple(Role), who())
