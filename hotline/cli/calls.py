"""`hotline calls`: the ledger."""

from __future__ import annotations

import click

from hotline.cli.kit.instance import hotline_of, moment_option
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import administrator, json_option, print_json, print_table
from hotline.domain import numbers
from hotline.domain.calls.call import Call, Direction, Outcome
from hotline.domain.calls.ledger import LEDGER_DIRECTIONS, CallFilter
from hotline.domain.reasons import because
from hotline.domain.time import second_text
from hotline.services.calls.ledger import export_calls
from hotline.services.calls.view import call_view


@click.command("calls")
@click.option("--since", default="", help="Began then or later: 2026-03-11, 2026-03-11T09:00 (Asia/Shanghai).")
@click.option("--until", default="", help="Began before then.")
@click.option("--direction", type=click.Choice([str(each) for each in LEDGER_DIRECTIONS]), help="Who called.")
@click.option("--outcome", "outcomes", multiple=True, type=click.Choice([str(each) for each in Outcome]))
@click.option("--caller", default="", help="The number in any writing, or a part of it.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100_000))
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    since: str,
    until: str,
    direction: str | None,
    outcomes: tuple[str, ...],
    caller: str,
    limit: int,
    as_json: bool,
) -> None:
    """Show the ledger, newest call first. --json gives the same objects as the API."""
    hotline = hotline_of(ctx)
    wanted = CallFilter(
        since=moment_option(ctx, "since", since) if since else None,
        until=moment_option(ctx, "until", until) if until else None,
        outcomes=tuple(Outcome(each) for each in outcomes),
        caller=numbers.search_term(caller),
        directions=(Direction(direction),) if direction else LEDGER_DIRECTIONS,
    )
    page = export_calls(hotline.storage, wanted, limit, 0, administrator(), hotline.clock())
    if as_json:
        return print_json([call_view(stored, said) for stored in page.calls])
    columns = ("id", "began", "line", "direction", "number", "outcome", "answered by", "wait", "talk", "recordings")
    print_table(columns, [_row(stored.id, stored.call) for stored in page.calls])
    if page.total > len(page.calls):
        click.echo(said(because("commands.calls_shown", shown=len(page.calls), total=page.total)))


def _row(call_id: int, call: Call) -> tuple[str, ...]:
    answered_by = call.answered_by
    return (
        str(call_id),
        second_text(call.started_at),
        call.line,
        str(call.direction),
        "withheld" if call.caller.withheld else call.caller.number or call.caller.original,
        str(call.outcome or "in progress"),
        f"{answered_by.name} {answered_by.id}".strip() if answered_by else "",
        f"{call.wait_seconds:.0f} s" if call.queues else "–",
        f"{call.talk_seconds:.0f} s" if call.talk_started_at else "–",
        str(len(call.recordings)),
    )
