"""`hotline roster`: who keeps the duty mobile (A2), and whether somebody always does (A16)."""

from __future__ import annotations

from dataclasses import asdict

import click

from hotline.cli.kit.ids import ID
from hotline.cli.kit.instance import hotline_of, moment_option
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import iso, json_option, print_json, print_table, who
from hotline.cli.kit.tables import opened, table_options
from hotline.cli.line import of_line
from hotline.domain.line.roster import DutyNumber, Gap, Overlap, Shift
from hotline.domain.reasons import because
from hotline.domain.time import minute_text
from hotline.services.line import lost_mobiles, roster
from hotline.services.line.names import line_names
from hotline.services.line.roster_table import SHAPE, backup, shifts_of
from hotline.services.line.routing import lines_shown

by_option = click.option("--by", default=who, metavar="NAME", help="Who; default: the user of this machine.")
since_option = click.option("--since", default="now", show_default=True, metavar="TIME")
until_option = click.option("--until", default="+30d", show_default=True, metavar="TIME")
line_option = click.option("--line", default="", metavar="LINE", help="Of this line alone.")


@click.group("roster")
def command() -> None:
    """The duty roster: shifts, gaps, hand-overs. Times are Asia/Shanghai."""


@command.command("list")
@since_option
@until_option
@line_option
@json_option
@click.pass_context
def list_shifts(ctx: click.Context, since: str, until: str, line: str, as_json: bool) -> None:
    """Shifts, and who is on duty now."""
    hotline = hotline_of(ctx)
    now = hotline.clock()
    start, end = moment_option(ctx, "since", since), moment_option(ctx, "until", until)
    shifts = roster.list_shifts(hotline.storage, hotline.settings, start, end, line)
    lines = [shown for shown in lines_shown(hotline.storage, hotline.settings, now) if line in ("", shown.line)]
    if as_json:
        duties = {shown.line: [asdict(entry) for entry in shown.state.duty] for shown in lines}
        first = next(iter(duties.values()))
        print_json({"shifts": [_view(shift) for shift in shifts], "on_duty": first, "on_duty_by_line": duties})
        return
    click.echo(said(because("commands.shifts_between", since=start, until=end)))
    heading = ("Id", "Person", "Numbers", "Backups", "From", "To", "Lines", "Note")
    print_table(heading, [_row(shift) for shift in shifts])
    for shown in lines:
        duty = shown.state.duty
        on_duty = because("commands.on_duty_now", people=_names(duty)) if duty else because("commands.on_duty_now_none")
        click.echo(said(on_duty if len(hotline.settings.lines) == 1 else of_line(shown.line, on_duty)))


@command.command()
@click.argument("person")
@click.argument("numbers", nargs=-1, required=True)
@click.option("--from", "starts_at", required=True, metavar="TIME")
@click.option("--to", "ends_at", required=True, metavar="TIME")
@click.option("--backup", "backups", multiple=True, metavar="NAME:NUMBER", help="Tried afterwards; may be given again.")
@click.option("--line", "lines", multiple=True, metavar="LINE", help="Whose callers; may be given again. Default: all.")
@click.option("--note", default="")
@by_option
@json_option
@click.pass_context
def add(
    ctx: click.Context,
    person: str,
    numbers: tuple[str, ...],
    starts_at: str,
    ends_at: str,
    backups: tuple[str, ...],
    lines: tuple[str, ...],
    note: str,
    by: str,
    as_json: bool,
) -> None:
    """Put PERSON on duty, to be called on NUMBERS in order."""
    hotline = hotline_of(ctx)
    try:
        stand_ins = tuple(backup(text) for text in backups)
    except roster.BadShift as error:
        raise click.BadParameter(said(error), ctx, param_hint="--backup") from None
    since, until = moment_option(ctx, "from", starts_at), moment_option(ctx, "to", ends_at)
    shift = roster.NewShift(person, numbers, since, until, stand_ins, note, lines)
    added = roster.add_shift(hotline.storage, shift, by, hotline.clock(), line_names(hotline.settings))
    if as_json:
        print_json(_view(added))
    else:
        click.echo(
            said(
                because(
                    "commands.shift_added", id=added.id, who=added.person, since=added.starts_at, until=added.ends_at
                )
            )
        )


@command.command("import")
@table_options
@by_option
@json_option
@click.pass_context
def import_file(ctx: click.Context, /, by: str, dry_run: bool, as_json: bool, **_table: object) -> None:
    """Read shifts from a table (xlsx or CSV) with the columns person, numbers, starts_at, ends_at, backups, lines,
    note; or date and span (9:00-17:30) in place of starts_at and ends_at.

    Several numbers, lines and backups (王五:13800000002) are parted by ";". All rows are added or none; every wrong
    line and column is named.
    """
    hotline = hotline_of(ctx)
    now = hotline.clock()
    lines = line_names(hotline.settings)
    shifts = shifts_of(opened(ctx, SHAPE), now, lines)
    done = roster.import_shifts(hotline.storage, shifts, by, now, dry_run, lines)
    if as_json:
        shown = {"added": [_view(shift) for shift in done.added], "known": done.known}
        print_json({**shown, "dry_run": True} if dry_run else shown)
    else:
        told = because("commands.shifts_imported", added=len(done.added), known=done.known)
        click.echo(said(because("commands.would_be", what=told) if dry_run else told))


@command.command()
@click.argument("shift_id", type=ID)
@by_option
@click.pass_context
def remove(ctx: click.Context, shift_id: int, by: str) -> None:
    """Forget the shift SHIFT_ID."""
    hotline = hotline_of(ctx)
    roster.remove_shift(hotline.storage, shift_id, by, hotline.clock())
    click.echo(said(because("commands.shift_removed", id=shift_id)))


@command.command()
@since_option
@until_option
@click.option("--whole", is_flag=True, help="Working hours need somebody on duty too.")
@line_option
@json_option
@click.pass_context
def gaps(ctx: click.Context, since: str, until: str, whole: bool, line: str, as_json: bool) -> None:
    """When nobody is on duty outside working hours, and when several are."""
    hotline = hotline_of(ctx)
    start, end = moment_option(ctx, "since", since), moment_option(ctx, "until", until)
    uncovered = roster.find_gaps(hotline.storage, hotline.settings, start, end, whole, line)
    double = roster.find_overlaps(hotline.storage, hotline.settings, start, end, line)
    if as_json:
        print_json(
            {
                "gaps": [
                    {"from": iso(gap.starts_at), "to": iso(gap.ends_at), "lines": list(gap.lines)} for gap in uncovered
                ],
                "overlaps": [_overlap_view(overlap) for overlap in double],
            }
        )
        return
    if uncovered:
        rows = [
            (minute_text(gap.starts_at), minute_text(gap.ends_at), f"{_hours(gap):.1f}", ", ".join(gap.lines))
            for gap in uncovered
        ]
        click.echo(said(because("commands.nobody_on_duty", since=start, until=end)))
        print_table(("From", "To", "Hours", "Lines"), rows)
    else:
        click.echo(said(because("commands.duty_covered", since=start, until=end)))
    if double:
        pairs = [(minute_text(o.starts_at), minute_text(o.ends_at), o.one.person, o.other.person) for o in double]
        click.echo(said(because("commands.two_on_duty")))
        print_table(("From", "To", "One", "Other (called first)"), pairs)


@command.command()
@click.argument("from_person")
@click.argument("to_person")
@click.option("--note", default="", help="Open matters handed over.")
@click.option("--line", default="", metavar="LINE", help="The mobile of this line alone.")
@by_option
@click.pass_context
def handover(ctx: click.Context, from_person: str, to_person: str, note: str, line: str, by: str) -> None:
    """Record that FROM_PERSON gave the duty mobile to TO_PERSON."""
    hotline = hotline_of(ctx)
    lines = line_names(hotline.settings)
    done = roster.record_handover(hotline.storage, from_person, to_person, by, hotline.clock(), note, line, lines)
    click.echo(said(because("commands.handed_over", at=done.at, giver=done.from_person, taker=done.to_person)))


@command.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@json_option
@click.pass_context
def handovers(ctx: click.Context, limit: int, as_json: bool) -> None:
    """Who handed over to whom, newest first."""
    found = roster.handovers(hotline_of(ctx).storage, limit)
    if as_json:
        print_json(
            [
                {
                    "at": iso(h.at),
                    "from": h.from_person,
                    "to": h.to_person,
                    "by": h.recorded_by,
                    "note": h.note,
                    "line": h.line,
                }
                for h in found
            ]
        )
        return
    rows = [(minute_text(h.at), h.from_person, h.to_person, h.line or "all", h.recorded_by, h.note) for h in found]
    print_table(("At", "From", "To", "Line", "Recorded by", "Note"), rows)


def _names(duty: tuple[DutyNumber, ...]) -> str:
    return ", ".join(f"{entry.person} {entry.number}" for entry in duty)


def _hours(gap: Gap) -> float:
    return (gap.ends_at - gap.starts_at).total_seconds() / 3600


def _row(shift: Shift) -> tuple[str, ...]:
    span = minute_text(shift.starts_at), minute_text(shift.ends_at)
    lines = ", ".join(shift.lines) or "all"
    numbers, backups = " ".join(shift.numbers), _names(shift.backups)
    return str(shift.id or "settings"), shift.person, numbers, backups, *span, lines, shift.note


def _view(shift: Shift) -> dict[str, object]:
    return {
        "id": shift.id,
        "person": shift.person,
        "numbers": list(shift.numbers),
        "backups": [asdict(each) for each in shift.backups],
        "from": iso(shift.starts_at),
        "to": iso(shift.ends_at),
        "note": shift.note,
        "lines": list(shift.lines),
        "source": "settings" if shift.id is None else "roster",
    }


def _overlap_view(overlap: Overlap) -> dict[str, object]:
    return {
        "from": iso(overlap.starts_at),
        "to": iso(overlap.ends_at),
        "one": _view(overlap.one),
        "other": _view(overlap.other),
    }


@command.command("lost")
@click.argument("number")
@click.option("--why", default="", metavar="TEXT", help="What happened; for the audit log.")
@by_option
@click.pass_context
def lost(ctx: click.Context, number: str, why: str, by: str) -> None:
    """The duty mobile NUMBER is lost: it is out of every shift, and rung no more."""
    hotline = hotline_of(ctx)
    out = lost_mobiles.take_out(hotline.storage, hotline.settings, hotline.pbx, number, why, by, hotline.clock())
    click.echo(said(because("commands.mobile_lost", who=out.lost.person)))
    if not out.told:
        click.echo(said(because("commands.mobile_not_told")), err=True)


@command.command("found")
@click.argument("number")
@by_option
@click.pass_context
def found(ctx: click.Context, number: str, by: str) -> None:
    """The duty mobile NUMBER is there again, and is rung as before."""
    hotline = hotline_of(ctx)
    back = lost_mobiles.put_back_number(hotline.storage, hotline.settings, hotline.pbx, number, by, hotline.clock())
    person = back.lost.person
    done = because("commands.mobile_found", who=person) if back.done else because("commands.mobile_asked", who=person)
    click.echo(said(done))
