"""`hotline line`: open or closed, now and next; declared otherwise until a time."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

import click

from hotline.bootstrap import Hotline
from hotline.cli.kit.instance import hotline_of, moment_option
from hotline.cli.kit.shown import iso, json_option, moment, print_json, who
from hotline.domain.line.override import Override
from hotline.domain.line.routing import LineState
from hotline.services.line import line
from hotline.services.line.routing import line_shown

until_option = click.option("--until", required=True, metavar="TIME", help='"18:00" (the next), "+2h", a date.')
reason_option = click.option("--reason", required=True, help="Why; stands in the audit log.")
by_option = click.option("--by", default=who, metavar="NAME", help="Who; default: the user of this machine.")


@click.group("line")
def command() -> None:
    """Whether the line is open, and the supervisor's "open now" and "closed now"."""


@command.command()
@json_option
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Open or closed, why, until when, and who is on duty."""
    hotline = hotline_of(ctx)
    now = hotline.clock()
    shown = line_shown(hotline.storage, hotline.settings, now)
    state, override = shown.state, shown.declared
    if as_json:
        print_json(_view(state, override))
        return
    word, then = ("open", "closed")[not state.open], ("open", "closed")[not state.then_open]
    click.echo(f"The line is {word} ({_reason(state, override)})")
    click.echo(f"until {moment(state.until)}, then {then}" if state.until else "with no change in sight")
    names = ", ".join(f"{entry.person} {entry.number}" for entry in state.duty)
    click.echo(f"On duty: {names or 'nobody: callers outside working time get voicemail'}")


@command.command("open")
@until_option
@reason_option
@by_option
@json_option
@click.pass_context
def open_now(ctx: click.Context, until: str, reason: str, by: str, as_json: bool) -> None:
    """Open now, whatever the calendar says: calls go to the operators."""
    _declare(ctx, "open", until, reason, by, as_json)


@command.command("close")
@until_option
@reason_option
@by_option
@json_option
@click.pass_context
def close_now(ctx: click.Context, until: str, reason: str, by: str, as_json: bool) -> None:
    """Closed now, whatever the calendar says: calls go to the duty mobiles."""
    _declare(ctx, "closed", until, reason, by, as_json)


@command.command()
@by_option
@json_option
@click.pass_context
def auto(ctx: click.Context, by: str, as_json: bool) -> None:
    """Back to the calendar: cancel what was declared."""
    hotline = hotline_of(ctx)
    cancelled = line.go_by_calendar(hotline.storage, by, hotline.clock())
    if as_json:
        _print_state(hotline)
    else:
        click.echo("The line goes by the calendar again" if cancelled else "Nothing was declared")


def _declare(
    ctx: click.Context, mode: Literal["open", "closed"], until: str, reason: str, by: str, as_json: bool
) -> None:
    hotline = hotline_of(ctx)
    ends_at = moment_option(ctx, "until", until, ahead=True)
    declared = line.declare(hotline.storage, mode, ends_at, by, reason, hotline.clock())
    if as_json:
        _print_state(hotline)
    else:
        click.echo(f"The line is {mode} until {moment(declared.ends_at)}")


def _print_state(hotline: Hotline) -> None:
    shown = line_shown(hotline.storage, hotline.settings, hotline.clock())
    print_json(_view(shown.state, shown.declared))


def _reason(state: LineState, override: Override | None) -> str:
    if override is None:
        return state.reason.replace("_", " ")
    return f"declared by {override.declared_by} until {moment(override.ends_at)}: {override.reason}"


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
        },
    }
