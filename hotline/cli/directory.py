"""`hotline directory`: whom callers are passed on to, as a table."""

from __future__ import annotations

from dataclasses import asdict
from typing import TextIO

import click

from hotline.cli.customers import machine_user
from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import json_option, print_json, print_table
from hotline.cli.kit.tables import opened, table_options
from hotline.domain import numbers
from hotline.domain.reasons import because
from hotline.services.directory import table as directory_csv
from hotline.services.directory.directory import find_people


@click.group("directory")
def command() -> None:
    """The directory (A6): people by subject and region."""


@command.command("list")
@click.option("--subject", default="", help="Who answers for it.")
@click.option("--region", default="", help="Best fit for a caller from there first.")
@json_option
@click.pass_context
def list_people(ctx: click.Context, subject: str, region: str, as_json: bool) -> None:
    """Who is in the directory, best fit first."""
    hotline = hotline_of(ctx)
    people = [each.person for each in find_people(hotline.storage, "", subject, region, hotline.clock(), True).matches]
    if as_json:
        print_json(
            [
                {
                    "id": p.id,
                    "name": p.name,
                    "number": p.number,
                    "subjects": list(p.subjects),
                    "regions": list(p.regions),
                    "active": p.active,
                }
                for p in people
            ]
        )
        return
    rows = [
        (
            str(p.id),
            p.name,
            numbers.as_dialled(p.number),
            p.department,
            "、".join(p.subjects),
            "、".join(p.regions),
            "" if p.active else "not active",
        )
        for p in people
    ]
    print_table(("Id", "Name", "Number", "Department", "Subjects", "Regions", ""), rows)


@command.command("import")
@table_options
@json_option
@click.pass_context
def import_file(ctx: click.Context, /, dry_run: bool, as_json: bool, **_table: object) -> None:
    """Read people from a table (xlsx or CSV) with the columns name, number, department, job_title, mail, subjects,
    regions, note, active.

    Several subjects or regions in one field are parted by ";". Who has the number already is written anew. All rows
    are read or none; every wrong line and column is named.
    """
    hotline = hotline_of(ctx)
    people = directory_csv.people_of(opened(ctx, directory_csv.SHAPE), hotline.settings.numbers.outside_prefixes)
    done = directory_csv.import_people(hotline.storage, hotline.pbx, people, machine_user(), hotline.clock(), dry_run)
    if as_json:
        print_json({**asdict(done), "dry_run": dry_run})
        return
    told = because("commands.people_imported", added=done.added, changed=done.changed, known=done.known)
    click.echo(said(because("commands.would_be", what=told) if dry_run else told))


@command.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", atomic=True))
@click.pass_context
def export_file(ctx: click.Context, file: TextIO) -> None:
    """Write the directory with all numbers into FILE ("-": to the screen); it stands in the audit log."""
    hotline = hotline_of(ctx)
    file.writelines(directory_csv.export_people(hotline.storage, machine_user(), hotline.clock()))
