"""`hotline deadlines`: counted anew after a change of the calendar or of a setting."""

from __future__ import annotations

import click

from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import iso, json_option, print_json, print_table, who
from hotline.domain.deadlines.kept import DeadlineMove
from hotline.domain.reasons import because
from hotline.domain.time import minute_text
from hotline.services.deadlines.moves import seen_move
from hotline.services.deadlines.recompute import recompute


@click.group("deadlines")
def command() -> None:
    """Deadlines of callbacks, records, promises, corrective actions and requests."""


@command.command("recompute")
@click.option("--dry-run", is_flag=True, help="Only say which would move.")
@click.option("--by", default=who, metavar="NAME", help="Who; default: the user of this machine.")
@json_option
@click.pass_context
def recompute_(ctx: click.Context, dry_run: bool, by: str, as_json: bool) -> None:
    """Count what is open by the calendar and the settings in force, and say which moved.

    `hotline jobs` does so by itself within a minute of a change."""
    hotline = hotline_of(ctx)
    done = recompute(hotline.storage, hotline.settings, hotline.clock(), by, dry_run)
    if as_json:
        return print_json([_as_json(move) for move in done.moved])
    print_table(
        ("what", "rule", "was due", "is due", "calendar", "term"),
        [
            (
                seen_move(move).object,
                seen_move(move).rule,
                minute_text(move.was_due_at),
                minute_text(move.due_at),
                "another" if move.calendar_changed else "",
                "another" if move.term_changed else "",
            )
            for move in done.moved
        ],
    )
    counted, moved = done.counted, len(done.moved)
    would = because("commands.deadlines_would_move", counted=counted, moved=moved)
    click.echo(said(would if dry_run else because("commands.deadlines_moved", counted=counted, moved=moved)))
    return None


def _as_json(move: DeadlineMove) -> dict[str, object]:
    return {
        "clock": move.clock,
        "object": seen_move(move).object,
        "was_due_at": iso(move.was_due_at),
        "due_at": iso(move.due_at),
        "calendar_changed": move.calendar_changed,
        "term_changed": move.term_changed,
    }
