"""`hotline backup`: made, tried out, and brought back into a home of its own (E4)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from hotline.bootstrap import Hotline
from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import iso, json_option, print_json, print_table, who
from hotline.domain.errors import NotFound
from hotline.domain.reasons import because
from hotline.domain.time import minute_text
from hotline.services.backups import archive, making, new_home, trying
from hotline.services.backups.place import Place
from hotline.settings import Home

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("backup")
def command() -> None:
    """Backups of the database and the site's own files."""


@command.command("make")
@click.pass_context
def make(ctx: click.Context) -> None:
    """Make one now."""
    hotline = hotline_of(ctx)
    place = _place(hotline)
    name = making.make(place, who(), hotline.clock())
    making.remove_beyond_kept(place)
    click.echo(said(because("commands.backup_made", file=str(place.folder / name))))


@command.command("list")
@json_option
@click.pass_context
def list_backups(ctx: click.Context, as_json: bool) -> None:
    """Those that are kept, the newest first."""
    found = archive.stored(_place(hotline_of(ctx)).folder)
    if as_json:
        print_json(
            [
                {"file": each.name, "bytes": each.size, "made_at": iso(_made(each)), "whole": bool(each.manifest)}
                for each in found
            ]
        )
        return
    print_table(
        ("file", "size", "made"), [(each.name, f"{each.size / 1e6:.1f} MB", minute_text(_made(each))) for each in found]
    )


@command.command("check")
@click.argument("name")
@click.pass_context
def check(ctx: click.Context, name: str) -> None:
    """Restore the backup NAME beside the live database, and compare."""
    manifest = trying.try_out(_place(hotline_of(ctx)), name)
    rows = sum(each.rows for each in manifest.tables.values())
    click.echo(said(because("commands.backup_whole", tables=len(manifest.tables), rows=rows)))


@command.command("restore")
@click.argument("file", type=_FILE)
@click.argument("home", type=click.Path(path_type=Path, file_okay=False))
@click.option("--passphrase-file", type=_FILE, help="With the passphrase that its passwords are sealed by.")
@click.option("--database", default="", help="Address of an empty PostgreSQL database, for a backup of one.")
def restore(file: Path, home: Path, passphrase_file: Path | None, database: str) -> None:
    """Make of the backup FILE the new HOME. The live database goes back on the page "Backups"."""
    passphrase = _passphrase(passphrase_file) if passphrase_file else ""
    manifest = new_home.restore_into(Home(home.resolve()), file, passphrase, database)
    click.echo(said(because("commands.backup_restored", folder=str(home), moment=minute_text(manifest.made_at))))


def _passphrase(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, ValueError):
        raise NotFound("backups.gone", file=str(file)) from None


def _place(hotline: Hotline) -> Place:
    return Place(hotline.home, hotline.storage, hotline.in_force, hotline.secrets)


def _made(each: archive.Stored) -> datetime | None:
    return each.manifest.made_at if each.manifest else None
