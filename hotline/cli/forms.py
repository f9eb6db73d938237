"""`hotline forms`: the log forms (B1)."""

from __future__ import annotations

import click

from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import iso, json_option, print_json, print_table, who
from hotline.domain.forms.form import CallForm
from hotline.domain.people import Actor
from hotline.domain.reasons import because
from hotline.domain.rights import given
from hotline.domain.time import minute_text
from hotline.services.forms.search import AskedForms, find_forms, wanted_forms
from hotline.services.looks import note_look

STATES = ("open", "overdue", "promised", "unanswered", "done", "all")


@click.group("forms")
def command() -> None:
    """The log forms (B1, B2)."""


@command.command("list")
@click.option("--state", type=click.Choice(STATES), default="open", show_default=True)
@click.option("--owner", default="all", show_default=True, help="An operator's extension, or a duty mobile's number.")
@click.option("--search", default="", help="Part of name, number, content, handling or promise.")
@click.option("--limit", default=200, show_default=True, type=click.IntRange(1, 10_000))
@json_option
@click.pass_context
def list_(ctx: click.Context, state: str, owner: str, search: str, limit: int, as_json: bool) -> None:
    """Show them, the latest call first; promises by when they are due."""
    hotline, now = hotline_of(ctx), hotline_of(ctx).clock()
    actor = Actor(who(), given.COMMAND_LINE, who())
    with hotline.storage.reading() as tx:
        found, total = find_forms(tx, wanted_forms(tx, AskedForms(state, owner, q=search), actor, now), limit)
    note_look(hotline.storage, actor, now, "forms.view", "forms", f"{len(found)} forms")
    if as_json:
        return print_json([_as_json(form) for form in found])
    print_table(
        ("id", "called", "number", "category", "owner", "state", "due", "promised by"),
        [
            (
                str(form.id),
                minute_text(form.called_at),
                form.number,
                form.category,
                f"{form.owner_name} {form.owner}".strip(),
                form.state,
                minute_text(form.due_at),
                minute_text(form.promise_due_at) if form.promise_is_open else "",
            )
            for form in found
        ],
    )
    if total > len(found):
        click.echo(said(because("commands.in_all", total=total)))


def _as_json(form: CallForm) -> dict[str, object]:
    names = (
        "id",
        "node",
        "linkedid",
        "line",
        "number",
        "owner",
        "owner_name",
        "version",
        "customer_id",
        "caller_name",
        "callback_number",
        "region",
        "address",
        "category",
        "content",
        "handling",
        "solved",
        "promise",
        "follow_up_person",
        "complaint",
        "updated_by",
        "done_by",
    )
    moments = ("called_at", "promise_due_at", "promise_kept_at", "due_at", "created_at", "updated_at", "done_at")
    return {
        **{name: getattr(form, name) for name in names},
        "state": form.state.value,
        "origin": form.origin.value,
        "fields": dict(form.fields),
        **{name: iso(getattr(form, name)) for name in moments},
    }
