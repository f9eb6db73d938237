"""`hotline archive`: recordings written on discs, proven and brought back (E2)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from hotline.cli.kit.instance import hotline_of, moment_option
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import for_programs, iso, json_option, print_json, print_table, who
from hotline.domain.errors import HotlineError, Refused
from hotline.domain.reasons import Reason, because
from hotline.domain.retention.archive import Disc, Medium
from hotline.domain.time import minute_text
from hotline.services.retention import archive
from hotline.storage.audit import AuditLog

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)
key_option = click.option("--key-file", type=_FILE, help="Of a sealed disc; `hotline archive key FILE` makes one.")


@click.group("archive")
def command() -> None:
    """Discs of recordings: images to be burned, and what is on them."""


@command.command("create")
@click.option("--until", required=True, help='Calls that began before this day or moment: "2026-10-01", "-90d".')
@click.option("--since", default="", help="Calls that began then or later.")
@click.option("--medium", type=click.Choice([m.value for m in Medium]), default="dvd", show_default=True)
@click.option("--size-mb", type=click.IntRange(min=8), help="Megabytes a disc, for blanks of another size.")
@click.option("--out", type=_FOLDER, help="Folder of the images; else archive in HOTLINE_HOME.")
@click.option("--again", is_flag=True, help="Also what is on a disc already.")
@click.option("--whole-numbers", is_flag=True, help="The index names callers by their whole numbers.")
@key_option
@json_option
@click.pass_context
def create(
    ctx: click.Context,
    until: str,
    since: str,
    medium: str,
    size_mb: int | None,
    out: Path | None,
    again: bool,
    whole_numbers: bool,
    key_file: Path | None,
    as_json: bool,
) -> None:
    """Write recordings that are on no disc yet into as many images as it takes; each is then in the register."""
    from recordings.archive import sealing  # it loads what others need not
    from recordings.archive.proven import LeftOut
    from recordings.archive.writing import DiscOrder, DiscWriter

    hotline = hotline_of(ctx)
    begin = moment_option(ctx, "since", since) if since else None
    archivable = archive.to_archive(hotline.storage, begin, moment_option(ctx, "until", until), again)
    key = sealing.read_key(key_file) if key_file else None
    order = DiscOrder(
        Medium(medium), (out or hotline.home.archive).absolute(), who(), key, (size_mb or 0) * 1_000_000, whole_numbers
    )
    broken: list[LeftOut] = []
    discs: list[Disc] = []
    writer = DiscWriter(hotline.storage, hotline.files, hotline.settings, hotline.clock)
    with _progress("writing", sum(one.size_bytes for one in archivable.recordings)) as step:
        for disc in writer.write(archivable.recordings, archivable.next_number, order, step, broken):
            discs.append(disc)
            if not as_json:
                click.echo(said(_written(disc)))
    if as_json:
        print_json(
            {
                "discs": [_json(disc) for disc in discs],
                "not_kept_yet": archivable.not_kept,
                "broken": [{"path": one.recording.path, "problem": said(one.problem)} for one in broken],
            }
        )
    else:
        for one in broken:
            click.echo(said(because("retention.left_out", file=one.recording.path, why=one.problem)))
        if archivable.not_kept:
            click.echo(said(because("commands.wait_for_next_disc", count=archivable.not_kept)))
        if not archivable.recordings:
            click.echo(said(because("commands.nothing_to_archive")))
    if broken:
        sys.exit(1)


@command.command("list")
@json_option
@click.pass_context
def list_discs(ctx: click.Context, as_json: bool) -> None:
    """The register of discs, newest first."""
    discs = archive.list_discs(hotline_of(ctx).storage)
    if as_json:
        print_json([_json(disc) for disc in discs])
        return
    print_table(
        ("label", "medium", "from", "to", "recordings", "MB", "sealed", "verified", "image"),
        [
            (
                disc.label,
                disc.medium,
                minute_text(disc.since),
                minute_text(disc.until),
                str(disc.recordings),
                str(disc.size_bytes // 1_000_000),
                "yes" if disc.encrypted else "",
                minute_text(disc.verified_at),
                disc.file,
            )
            for disc in discs
        ],
    )


@command.command("verify")
@click.argument("image")
@key_option
@json_option
@click.pass_context
def verify(ctx: click.Context, image: str, key_file: Path | None, as_json: bool) -> None:
    """Read all of IMAGE (a file, a drive or a label of the register) back; fails when it is not what was written."""
    from recordings.archive import reading, sealing
    from recordings.archive.image import size_of

    hotline = hotline_of(ctx)
    key = sealing.read_key(key_file) if key_file else None
    try:
        file = reading.image_of(hotline.storage, image)
        with _progress("reading", 2 * size_of(file)) as step:
            report = reading.verify(hotline.storage, file, key, step)
    except OSError as error:
        raise Refused("retention.image_unreadable", image=image, why=error.strerror or str(error)) from error
    if report.label and not any(fault.kind in ("foreign", "not_registered") for fault in report.faults):
        archive.note_verified(hotline.storage, report.label, not report.faults, who(), hotline.clock())
    if as_json:
        print_json(for_programs(report))
    else:
        for fault in report.faults:
            click.echo(f"{fault.kind}: {fault.where}\n  {said(fault.words)}")
        told = because("commands.disc_read", disc=report.label or image, files=report.files, faults=len(report.faults))
        click.echo(said(told))
        if report.sealed and not report.opened:
            click.echo(said(because("commands.disc_unopened")))
    if report.faults:
        sys.exit(1)


@command.command("restore")
@click.argument("wanted")
@click.option("--to", "folder", type=_FOLDER, help="Write the files there instead of into the store.")
@click.option("--image", type=_FILE, help="The disc or its image, if it is not where it was written.")
@key_option
@click.pass_context
def restore(ctx: click.Context, wanted: str, folder: Path | None, image: Path | None, key_file: Path | None) -> None:
    """Bring back what is lost or damaged in the store: WANTED is a call's number or linkedid, or recording:NUMBER."""
    from recordings.archive import sealing
    from recordings.archive.restoring import Restorer, Sound

    hotline = hotline_of(ctx)
    key = sealing.read_key(key_file) if key_file else None
    entries = archive.recordings_of(hotline.storage, hotline.settings.site.node, wanted)
    restorer = Restorer(hotline.storage, hotline.files, hotline.home.recordings, hotline.clock, who())
    back = problems = 0
    for entry in entries:
        try:
            if folder:
                file = restorer.into_folder(entry, folder, image, key)
                click.echo(said(because("commands.restored_to", id=entry.id, file=str(file))))
            else:
                source = restorer.into_store(entry, image, key)
                click.echo(said(because("commands.restored_from", id=entry.id, source=str(source))))
            back += 1
        except (HotlineError, OSError) as error:
            problems += not isinstance(error, Sound)
            why = error.reason if isinstance(error, HotlineError) else error.strerror or str(error)
            click.echo(said(because("commands.not_restored", id=entry.id, why=why)), err=True)
    # What is sound is left alone; the call as a whole is well when something came back and nothing else is wrong.
    if problems or not back:
        sys.exit(1)


@command.command("open")
@click.argument("image")
@click.option("--to", "folder", type=_FOLDER, required=True, help="A new folder.")
@key_option
@click.pass_context
def open_disc(ctx: click.Context, image: str, folder: Path, key_file: Path | None) -> None:
    """Copy a disc into a new folder, opening what is sealed: index.html there leads to the recordings."""
    from recordings.archive import reading, sealing
    from recordings.archive.image import size_of

    hotline = hotline_of(ctx)
    key = sealing.read_key(key_file) if key_file else None
    try:
        folder.mkdir(parents=True)
        file = reading.image_of(hotline.storage, image)
        with hotline.storage.writing() as tx:  # before the first byte: what breaks off halfway has left files too
            AuditLog(tx).add(hotline.clock(), who(), "archive.export", f"disc:{reading.label_of(file)}")
        with _progress("copying", size_of(file)) as step:
            files = reading.open_all(file, key, folder, step)
    except OSError as error:
        raise Refused(
            "retention.image_unreadable", image=str(error.filename or image), why=error.strerror or str(error)
        ) from error
    click.echo(said(because("commands.files_copied", count=files, folder=str(folder))))


@command.command("key")
@click.argument("file", type=_FILE)
def key(file: Path) -> None:
    """Make a key file for sealed discs. Who loses it loses the discs: keep copies, and not beside them."""
    from recordings.archive.sealing import new_key

    new_key(file)
    click.echo(said(because("commands.key_made", file=str(file))))


def _written(disc: Disc) -> Reason:
    return because(
        "commands.disc_written",
        disc=disc.label,
        count=disc.recordings,
        size=f"{disc.size_bytes // 1_000_000} MB",
        file=disc.file,
    )


@contextmanager
def _progress(what: str, total: int) -> Iterator[Callable[[int], object]]:
    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        bar = bars.add_task(what, total=total)
        yield lambda done: bars.advance(bar, done)


def _json(disc: Disc) -> dict[str, object]:
    return {
        "label": disc.label,
        "medium": disc.medium.value,
        "since": iso(disc.since),
        "until": iso(disc.until),
        "recordings": disc.recordings,
        "size_bytes": disc.size_bytes,
        "sha256": disc.sha256,
        "encrypted": disc.encrypted,
        "file": disc.file,
        "created_at": iso(disc.created_at),
        "created_by": disc.created_by,
        "verified_at": iso(disc.verified_at),
    }
