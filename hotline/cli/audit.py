"""`hotline audit`: who saw, played, exported or changed what, and the proof that nobody changed the log."""

from __future__ import annotations

import dataclasses

import click

from hotline.cli.kit.instance import hotline_of, moment_option
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import iso, json_option, print_json, print_table
from hotline.domain.accounts.audit import AuditEntry, AuditFilter, ChainVerdict
from hotline.domain.reasons import because
from hotline.domain.time import minute_text
from hotline.services.accounts.audit import search_audit, verify_audit


@click.group("audit")
def command() -> None:
    """Who saw, played, exported or changed what (F8)."""


@command.command("list")
@click.option("--who", default="", help="User name, or token:<name>, or cli:<name>.")
@click.option("--action", default="", help='As in the log; "user" finds every user.… too.')
@click.option("--object", "object_", default="", help='As in the log; "call" finds every call:… too.')
@click.option("--since", default="", help='From this time on: "2026-10-01", "-7d".')
@click.option("--until", default="", help="Before this time.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 100_000))
@json_option
@click.pass_context
def list_(
    ctx: click.Context, who: str, action: str, object_: str, since: str, until: str, limit: int, as_json: bool
) -> None:
    """Show the log, newest first."""
    wanted = AuditFilter(
        who,
        action,
        object_,
        moment_option(ctx, "since", since) if since else None,
        moment_option(ctx, "until", until) if until else None,
    )
    entries = search_audit(hotline_of(ctx).storage, wanted, limit)
    if as_json:
        print_json([_as_json(entry) for entry in entries])
    else:
        print_table(
            ("time", "who", "what", "object", "detail"),
            [(minute_text(e.at), e.who, e.action, e.object, e.detail) for e in entries],
        )


@command.command()
@click.option("--head", "noted", default="", help="A newest hash noted earlier: it must stand in the log still.")
@json_option
@click.pass_context
def verify(ctx: click.Context, noted: str, as_json: bool) -> None:
    """Walk along the chain of hashes; fails at the first row that is not what it was when it was written.

    Rows taken away from the end are found by a newest hash noted earlier, outside this machine: --head.
    """
    verdict = verify_audit(hotline_of(ctx).storage, noted)
    trouble = _trouble(verdict, noted)
    if as_json:
        print_json({**dataclasses.asdict(verdict), "whole": not trouble})
    elif not trouble:
        click.echo(said(because("commands.audit_whole", count=verdict.chained, hash=verdict.head or "-")))
        if verdict.unchained:
            click.echo(said(because("commands.audit_unchained", count=verdict.unchained)))
    if trouble:
        raise click.ClickException(trouble)


def _trouble(verdict: ChainVerdict, noted: str) -> str:
    """What is wrong; "" for nothing."""
    if verdict.broken_id is not None:
        return said(because("commands.audit_broken", row=verdict.broken_id, count=verdict.chained))
    if noted and not verdict.known:
        return said(because("commands.audit_rows_missing", hash=noted))
    return ""


def _as_json(entry: AuditEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": iso(entry.at),
        "who": entry.who,
        "action": entry.action,
        "object": entry.object,
        "detail": entry.detail,
        "hash": entry.hash,
    }
