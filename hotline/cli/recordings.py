"""`hotline recordings`: the store of all recordings."""

from __future__ import annotations

import dataclasses
import sys

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hotline.cli.instance import hotline_of, moment_option
from hotline.cli.shown import json_option, print_json
from hotline.domain.recording_chain import day_of


@click.group("recordings")
def command() -> None:
    """The store of recordings."""


@command.command()
@click.option("--since", default="", help='Kept on this day or later: "2026-10-01", "-7d".')
@click.option("--until", default="", help="Kept before this day.")
@json_option
@click.pass_context
def verify(ctx: click.Context, since: str, until: str, as_json: bool) -> None:
    """Read every file and every entry of the chains; fails when one is not what was written.

    Names each file that was changed, cut off, lost or added, with what was expected and what was found. An entry taken
    away from the end of a day's chain together with its file is found by the newest hash, noted elsewhere earlier.
    """
    from recordings.verification import FIRST_DAY, LAST_DAY, Verifier  # it loads what others need not

    hotline = hotline_of(ctx)
    days = (day_of(moment_option(ctx, "since", since)) if since else FIRST_DAY,
            day_of(moment_option(ctx, "until", until)) if until else LAST_DAY)  # fmt: skip
    verifier = Verifier(hotline.storage, hotline.files, hotline.settings.site.node, hotline.clock)
    console = Console(stderr=True)
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        bar = bars.add_task("reading", total=verifier.total(*days))
        report = verifier.verify(*days, step=lambda: bars.advance(bar))
    newest = {"day": report.newest.day, "number": report.newest.end.number, "hash": report.newest.end.hash}
    if as_json:
        print_json({"files": report.files, "chained": report.chained, "newest": newest if report.chained else None,
                    "troubles": [dataclasses.asdict(trouble) for trouble in report.troubles]})
    else:
        for trouble in report.troubles:
            click.echo(f"{trouble.kind}: {trouble.path}\n  expected {trouble.expected}\n  found {trouble.found}")
        click.echo(f"{report.files} files read, {report.chained} entries in chains, {len(report.troubles)} troubles")
        if report.chained:
            click.echo("newest: {day} no. {number}, hash {hash}".format(**newest))
    if report.troubles:
        sys.exit(1)
