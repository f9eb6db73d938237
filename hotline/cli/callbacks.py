"""`hotline callbacks`: the calls that we owe (A9)."""

from __future__ import annotations

from dataclasses import asdict

import click

from hotline.cli.kit.ids import ID
from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import administrator, iso, json_option, print_json, print_table
from hotline.domain.reasons import because
from hotline.domain.time import minute_text
from hotline.services.callbacks import callbacks


@click.group("callbacks")
@json_option
def command(as_json: bool) -> None:
    """Callbacks: calls that we owe (A9)."""


@command.command("list")
@click.option("--all", "include_closed", is_flag=True, help="Closed ones too.")
@click.option("--limit", default=200, show_default=True, type=click.IntRange(1, 10_000))
@json_option
@click.pass_context
def list_(ctx: click.Context, include_closed: bool, limit: int, as_json: bool) -> None:
    """Show them by their place in the line: who has waited longest comes first."""
    hotline = hotline_of(ctx)
    with hotline.storage.reading() as tx:
        owed = callbacks.owed_calls(tx, include_closed, limit)
    if as_json or (ctx.parent and ctx.parent.params["as_json"]):
        return print_json([_as_json(each) for each in owed])
    now = hotline.clock()
    print_table(
        ("id", "line", "number", "customer", "reason", "waiting since", "due", "closed"),
        [
            (
                str(c.id),
                c.line,
                c.number or c.note,
                _people(each),
                c.reason,
                minute_text(c.queued_at),
                minute_text(c.due_at) + (" late" if c.closed_at is None and c.due_at <= now else ""),
                minute_text(c.closed_at),
            )
            for each in owed
            for c in (each.callback,)
        ],
    )


@command.command()
@click.argument("callback_id", type=ID)
@click.option("--note", required=True, help="What came of it.")
@click.pass_context
def close(ctx: click.Context, callback_id: int, note: str) -> None:
    """Mark the callback as done."""
    hotline = hotline_of(ctx)
    callbacks.close_callback(hotline.storage, callback_id, administrator(), note, hotline.clock())
    click.echo(said(because("commands.callback_closed", id=callback_id)))


def _people(owed: callbacks.OwedCall) -> str:
    """Who does not want to be called is told first (E10)."""
    names = ", ".join(person.name for person in owed.people if person.name)
    return " ".join(part for part in ("DO NOT CALL" if owed.do_not_call else "", names) if part)


def _as_json(owed: callbacks.OwedCall) -> dict[str, object]:
    callback = owed.callback
    return {
        "id": callback.id,
        "node": callback.node,
        "linkedid": callback.linkedid,
        "line": callback.line,
        "number": callback.number,
        "customers": [asdict(person) for person in owed.people],
        "do_not_call": owed.do_not_call,
        "reason": callback.reason.value,
        "queued_at": iso(callback.queued_at),
        "due_at": iso(callback.due_at),
        "closed_at": iso(callback.closed_at),
        "closed_by": callback.closed_by,
        "closing_note": callback.closing_note,
        "opened_by": callback.opened_by,
        "note": callback.note,
    }
