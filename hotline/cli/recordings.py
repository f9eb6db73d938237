"""`hotline recordings`: the store of all recordings."""

from __future__ import annotations

import dataclasses
import sys

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hotline.cli.kit.instance import hotline_of, moment_option
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import for_programs, iso, json_option, print_json, print_table, who
from hotline.domain.calendar import local_day
from hotline.domain.reasons import because
from hotline.domain.recordings.chain import day_of
from hotline.domain.time import minute_text
from hotline.services.retention import expiry, reconciliation


@click.group("recordings")
def command() -> None:
    """The store of recordings."""


@command.command()
@click.option("--all", "whole", is_flag=True, help="Read every file, not only today's part.")
@json_option
@click.pass_context
def reconcile(ctx: click.Context, whole: bool, as_json: bool) -> None:
    """Compare ledger, entries and files as the job does once a day; fails when they differ."""
    from recordings.reconciliation import Reconciler  # it loads what others need not

    hotline = hotline_of(ctx)
    parts = hotline.storage, hotline.files, hotline.home.recordings, hotline.settings, hotline.clock
    reconciler = Reconciler(*parts)
    console = Console(stderr=True)
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        total = None if whole else reconciler.part(local_day(hotline.clock()))[1]
        bar = bars.add_task("reading", total=total)
        check = reconciler.reconcile(lambda: bars.advance(bar), whole)
    reconciliation.keep(hotline.storage, check, hotline.settings.reconciliation, who())
    if as_json:
        print_json(
            {
                "entries": check.entries,
                "files": check.files,
                "read": check.read,
                "stored_bytes": check.stored_bytes,
                "free_bytes": check.free_bytes,
                "counts": {kind.value: count for kind, count in check.counts.items()},
                "found": for_programs(check.found),
            }
        )
    else:
        for found in check.found:
            click.echo(f"{found.kind}: {found.what}\n  {said(found.detail) if found.detail else ''}".rstrip())
        told = because(
            "commands.reconciled",
            entries=check.entries,
            files=check.files,
            read=check.read,
            differences=check.differences,
        )
        click.echo(said(told))
    if check.differences:
        sys.exit(1)


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
    days = (
        day_of(moment_option(ctx, "since", since)) if since else FIRST_DAY,
        day_of(moment_option(ctx, "until", until)) if until else LAST_DAY,
    )
    verifier = Verifier(hotline.storage, hotline.files, hotline.settings.site.node, hotline.clock)
    console = Console(stderr=True)
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        bar = bars.add_task("reading", total=verifier.total(*days))
        report = verifier.verify(*days, step=lambda: bars.advance(bar))
    newest = {"day": report.newest.day, "number": report.newest.end.number, "hash": report.newest.end.hash}
    if as_json:
        print_json(
            {
                "files": report.files,
                "chained": report.chained,
                "newest": newest if report.chained else None,
                "troubles": for_programs(report.troubles),
            }
        )
    else:
        for trouble in report.troubles:
            click.echo(f"{trouble.kind}: {trouble.path}")
            click.echo(f"  {said(because('commands.expected', what=trouble.expected))}")
            click.echo(f"  {said(because('commands.found', what=trouble.found))}")
        told = because("commands.verified", files=report.files, chained=report.chained, troubles=len(report.troubles))
        click.echo(said(told))
        if report.chained:
            end = report.newest
            place = because("recordings.chain_hash", day=end.day, number=end.end.number, hash=end.end.hash)
            click.echo(said(because("commands.newest_in_chain", place=place)))
    if report.troubles:
        sys.exit(1)


@command.command()
@click.option("--really", is_flag=True, help="Delete them; without it they are only listed.")
@json_option
@click.pass_context
def expire(ctx: click.Context, really: bool, as_json: bool) -> None:
    """List the recordings whose time is over (E2), or delete them.

    What a hold, an open callback or an open case keeps is not among them. Deleting writes each into the register, keeps
    its entry in the chain, and finishes what an interrupted run left.
    """
    hotline = hotline_of(ctx)
    terms = hotline.settings.retention.terms
    due = list(expiry.due(hotline.storage, terms, hotline.clock()))
    if not really:
        return _show_due(due, as_json)
    wanted = [each.candidate.entry.id or 0 for each in due]
    done = expiry.expire(hotline.storage, hotline.files, terms, wanted, who(), hotline.clock())
    if as_json:
        return print_json(dataclasses.asdict(done))
    told = because("commands.deleted", count=done.deleted, size=_megabytes(done.bytes), missing=done.missing)
    click.echo(said(told))
    if done.finished:
        click.echo(said(because("commands.deletions_finished", count=done.finished)))


def _show_due(found: list[expiry.DueDeletion], as_json: bool) -> None:
    size = sum(each.candidate.entry.size_bytes or 0 for each in found)
    if as_json:
        return print_json(
            {
                "count": len(found),
                "bytes": size,
                "recordings": [
                    {
                        "id": each.candidate.entry.id,
                        "call_id": each.candidate.call_id,
                        "path": each.candidate.entry.path,
                        "started_at": iso(each.candidate.entry.started_at),
                        "bytes": each.candidate.entry.size_bytes,
                        "sha256": each.candidate.entry.sha256,
                        "kept_until": iso(each.verdict.until),
                        "why": said(each.reason()),
                    }
                    for each in found
                ],
            }
        )
    print_table(
        ("id", "call", "began", "size", "kept until", "why", "file"),
        [
            (
                str(each.candidate.entry.id),
                str(each.candidate.call_id or ""),
                minute_text(each.candidate.entry.started_at),
                _megabytes(each.candidate.entry.size_bytes or 0),
                minute_text(each.verdict.until),
                said(each.reason()),
                each.candidate.entry.path,
            )
            for each in found
        ],
    )
    click.echo(said(because("commands.may_go", count=len(found), size=_megabytes(size))))


def _megabytes(octets: int) -> str:
    return f"{octets / 1_000_000:.1f} MB"
