"""`hotline db`: the database's structure."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from hotline.cli.kit.language import said
from hotline.domain.reasons import Reason, because
from hotline.settings import Home, load_settings
from hotline.settings.private import narrow
from hotline.storage import migrate
from hotline.storage.engine import database_url


@click.group("db")
def command() -> None:
    """Bring the database to what this version of the program needs."""


def _url() -> str:
    home = Home.from_environment()
    settings = load_settings(home)
    home.create()
    return database_url(settings, home)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def upgrade(as_json: bool) -> None:
    """Create the tables, or change them to what this version needs. Doing it again does nothing."""
    applied = migrate.upgrade(_url())
    narrow(Home.from_environment().root)
    if as_json:
        click.echo(json.dumps({"applied": applied}))
    elif applied:
        click.echo(said(because("commands.upgraded", revisions=tuple(applied))))
    else:
        click.echo(said(because("commands.nothing_to_do")))


@command.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def current(as_json: bool) -> None:
    """Show the revision the database is at, and what is missing."""
    url = _url()
    at, missing = migrate.current(url), migrate.pending(url)
    if as_json:
        click.echo(json.dumps({"current": at, "pending": missing}))
    else:
        click.echo(said(_revision(at or "-", missing)))


@command.command()
def reindex() -> None:
    """Build the index of full text search anew, from all transcripts and records. Nothing is written meanwhile, so
    calls are shown late; nothing is lost."""
    click.echo(said(because("commands.indexed", count=migrate.reindex(_url()))))


@command.command(hidden=True)
@click.argument("message")
def revise(message: str) -> None:
    """Write a migration with what hotline/storage/tables has beyond the last one: for developers.

    Read it before it is committed.
    """
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'empty.db'}"
        migrate.upgrade(url)
        click.echo(migrate.revise(url, message))


def _revision(at: str, missing: Sequence[str]) -> Reason:
    if missing:
        return because("commands.revision_lacks", revision=at, revisions=tuple(missing))
    return because("commands.revision", revision=at)
