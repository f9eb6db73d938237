"""`hotline reports`: what the figures are counted from, made anew; their SQL views; the data dictionary; and reports
that are made by themselves."""

from __future__ import annotations

import click

from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.made_reports import list_reports, make_report, resend_report
from hotline.domain.reasons import because
from hotline.services.reports import facts, view_making
from hotline.services.reports.dictionary import markdown


@click.group("reports")
def command() -> None:
    """Figures: facts and sums, views in SQL, the data dictionary; reports that were made."""


for _each in (list_reports, make_report, resend_report):
    command.add_command(_each)


@command.command("rebuild")
@click.pass_context
def rebuild_(ctx: click.Context) -> None:
    """Make the facts and sums of all days anew from the ledger and the records.

    `hotline jobs` keeps them up by itself; this is for after a restore, or for days of long ago that changed."""
    hotline = hotline_of(ctx)
    days = facts.rebuild(hotline.storage, hotline.settings, hotline.clock())
    click.echo(said(because("commands.reports_rebuilt", days=days)))


@command.command("views")
@click.pass_context
def views_(ctx: click.Context) -> None:
    """Make a view in SQL for each figure, with the numbers of the settings in force."""
    hotline = hotline_of(ctx)
    made = view_making.make(hotline.storage, hotline.settings)
    click.echo(said(because("commands.reports_views", views=made)))


@command.command("dictionary")
@click.pass_context
def dictionary_(ctx: click.Context) -> None:
    """Print the data dictionary as Markdown."""
    click.echo(markdown(hotline_of(ctx).settings), nl=False)
