"""`hotline line`: open or closed, now and next; declared otherwise until a time."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

import click

from hotline.bootstrap import Hotline
from hotline.cli.kit.instance import hotline_of, moment_option
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import iso, json_option, print_json, who
from hotline.domain.line import routing
from hotline.domain.line.override import Override
from hotline.domain.line.routing import LineState
from hotline.domain.reasons import Reason, because
from hotline.services.line import line
from hotline.services.line.names import require_line
from hotline.services.line.routing import LineShown, line_shown, lines_shown

until_option = click.option("--until", required=True, metavar="TIME", help='"18:00" (the next), "+2h", a date.')
reason_option = click.option("--reason", required=True, help="Why; stands in the audit log.")
line_option = click.option("--line", "line_id", default="", metavar="LINE", help="This line alone.")
by_option = click.option("--by", default=who, metavar="NAME", help="Who; default: the user of this machine.")


@click.group("line")
def command() -> None:
    """Whether the lines are open, and the supervisor's "open now" and "closed now"."""


@command.command()
@line_option
@json_option
@click.pass_context
def status(ctx: click.Context, line_id: str, as_json: bool) -> None:
    """Open or closed, why, until when, and who is on duty."""
    hotline = hotline_of(ctx)
    if as_json:
        _print_state(hotline, line_id)
        return
    lines = _shown(hotline, line_id)
    for each in lines:
        if len(lines) > 1:
            click.echo(f"{each.line}:")
        _say(each.state, each.declared)


def of_line(line_id: str, what: Reason) -> Reason:
    """What is said of one line of several."""
    return because("commands.of_line", line=line_id, what=what)


def _shown(hotline: Hotline, line_id: str) -> list[LineShown]:
    """This line, or every one."""
    now = hotline.clock()
    if line_id:
        return [line_shown(hotline.storage, hotline.settings, now, line_id)]
    return lines_shown(hotline.storage, hotline.settings, now)


def _say(state: LineState, override: Override | None) -> None:
    why = _reason(state, override)
    click.echo(said(because("commands.line_open", why=why) if state.open else because("commands.line_closed", why=why)))
    click.echo(said(_change(state)))
    names = tuple(f"{entry.person} {entry.number}" for entry in state.duty)
    click.echo(said(because("commands.on_duty", people=names) if names else because("commands.on_duty_none")))


@command.command("open")
@until_option
@reason_option
@line_option
@by_option
@json_option
@click.pass_context
def open_now(ctx: click.Context, until: str, reason: str, line_id: str, by: str, as_json: bool) -> None:
    """Open now, whatever the calendar says: calls go to the operators."""
    _declare(ctx, "open", until, reason, line_id, by, as_json)


@command.command("close")
@until_option
@reason_option
@line_option
@by_option
@json_option
@click.pass_context
def close_now(ctx: click.Context, until: str, reason: str, line_id: str, by: str, as_json: bool) -> None:
    """Closed now, whatever the calendar says: calls go to the duty mobiles."""
    _declare(ctx, "closed", until, reason, line_id, by, as_json)


@command.command()
@line_option
@by_option
@json_option
@click.pass_context
def auto(ctx: click.Context, line_id: str, by: str, as_json: bool) -> None:
    """Back to the calendar: cancel what was declared."""
    hotline = hotline_of(ctx)
    require_line(hotline.settings, line_id)
    cancelled = line.go_by_calendar(hotline.storage, by, hotline.clock(), line_id)
    if as_json:
        _print_state(hotline, line_id)
    else:
        click.echo(said(because("commands.by_calendar") if cancelled else because("commands.nothing_declared")))


def _declare(
    ctx: click.Context, mode: Literal["open", "closed"], until: str, reason: str, line_id: str, by: str, as_json: bool
) -> None:
    hotline = hotline_of(ctx)
    require_line(hotline.settings, line_id)
    ends_at = moment_option(ctx, "until", until, ahead=True)
    declared = line.declare(hotline.storage, mode, ends_at, by, reason, hotline.clock(), line_id)
    if as_json:
        _print_state(hotline, line_id)
    else:
        click.echo(
            said(
                because("commands.declared_open", until=declared.ends_at)
                if mode == "open"
                else because("commands.declared_closed", until=declared.ends_at)
            )
        )


def _print_state(hotline: Hotline, line_id: str) -> None:
    """Of the line that was asked for; of the first, and of each by its id, where several are."""
    lines = {shown.line: _view(shown.state, shown.declared) for shown in _shown(hotline, line_id)}
    first = next(iter(lines.values()))
    print_json(first if len(lines) == 1 else {**first, "by_line": lines})


#: What the calendar says of now.
_WHY = {
    routing.Reason.WORKING_TIME: because("commands.line_working_time"),
    routing.Reason.BREAK: because("commands.line_break"),
    routing.Reason.AFTER_HOURS: because("commands.line_after_hours"),
    routing.Reason.DAY_OFF: because("commands.line_day_off"),
    routing.Reason.PUBLIC_HOLIDAY: because("commands.line_public_holiday"),
}


def _reason(state: LineState, override: Override | None) -> Reason:
    if override is None:
        return _WHY.get(state.reason) or because("commands.line_other", why=state.reason.value)
    return because("commands.declared_by", who=override.declared_by, until=override.ends_at, why=override.reason)


def _change(state: LineState) -> Reason:
    if not state.until:
        return because("commands.no_change")
    if state.then_open:
        return because("commands.opens_at", until=state.until)
    return because("commands.closes_at", until=state.until)


def _view(state: LineState, override: Override | None) -> dict[str, object]:
    return {
        "open": state.open,
        "reason": state.reason.value,
        "until": iso(state.until),
        "then_open": state.then_open,
        "duty": [asdict(entry) for entry in state.duty],
        "override": override
        and {
            "mode": override.mode,
            "since": iso(override.starts_at),
            "until": iso(override.ends_at),
            "by": override.declared_by,
            "reason": override.reason,
            "line": override.line,
        },
    }
