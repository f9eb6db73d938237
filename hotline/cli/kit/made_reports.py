"""`hotline reports list|make|resend`: reports that are made by themselves (B4, F1, F2, F10)."""

from __future__ import annotations

import click

from hotline.cli.kit.ids import ID
from hotline.cli.kit.instance import hotline_of, moment_option
from hotline.cli.kit.language import is_chinese, said
from hotline.cli.kit.shown import administrator, iso, json_option, print_json, print_table, who
from hotline.domain.reasons import because
from hotline.domain.scheduled_reports.report import MadeReport
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.domain.scheduled_reports.words import KINDS
from hotline.domain.scheduled_reports.words import said as in_words
from hotline.domain.time import minute_text
from hotline.services.scheduled_reports import making, seeing
from hotline.services.scheduled_reports.seeing import ListedReport

_KINDS = click.Choice([each.value for each in ReportKind])


@click.command("list")
@click.option("--kind", type=_KINDS, help="Of this kind alone.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@json_option
@click.pass_context
def list_reports(ctx: click.Context, kind: str | None, limit: int, as_json: bool) -> None:
    """Reports that were made, the latest first."""
    kinds = [ReportKind(kind)] if kind else list(ReportKind)
    found = seeing.list_reports(hotline_of(ctx).storage, administrator(), kinds, limit, 0)
    if as_json:
        return print_json([_view(each) for each in found])
    heading = ("Id", "Report", "Whose", "From", "To", "Made at", "Opened by")
    print_table(heading, [_row(each) for each in found])
    return None


@click.command("make")
@click.option("--kind", type=_KINDS, required=True, help="Which report.")
@click.option("--since", required=True, metavar="TIME", help="Where its time begins.")
@click.option("--until", default="now", show_default=True, metavar="TIME", help="And ends.")
@click.option("--by", default=who, metavar="NAME", help="Who; default: the user of this machine.")
@json_option
@click.pass_context
def make_report(ctx: click.Context, kind: str, since: str, until: str, by: str, as_json: bool) -> None:
    """Make a report of any time, and send it. What is made already stays as it is."""
    hotline = hotline_of(ctx)
    start, end = moment_option(ctx, "since", since), moment_option(ctx, "until", until)
    now = hotline.clock()
    made = making.make_by_hand(hotline.storage, hotline.settings, ReportKind(kind), start, end, by, now)
    if as_json:
        return print_json([each.id for each in made])
    click.echo(said(because("commands.reports_made", count=len(made))))
    return None


@click.command("resend")
@click.argument("report_id", type=ID, metavar="ID")
@click.pass_context
def resend_report(ctx: click.Context, report_id: int) -> None:
    """Send a report again, to all who are to get it now."""
    hotline = hotline_of(ctx)
    count = seeing.send_again(hotline.storage, hotline.settings, report_id, administrator(), hotline.clock())
    click.echo(said(because("commands.report_sent", count=count)))


def _row(each: ListedReport) -> tuple[str, ...]:
    report = each.report
    times = (minute_text(report.starts_at), minute_text(report.ends_at), minute_text(report.made_at))
    return (str(report.id), _name(report), each.whose, *times, f"{each.opened}/{each.recipients}")


def _name(report: MadeReport) -> str:
    return in_words(KINDS[report.kind], "zh" if is_chinese() else "en")


def _view(each: ListedReport) -> dict[str, object]:
    report = each.report
    return {
        "id": report.id,
        "kind": report.kind.value,
        "person_id": report.person_id or None,
        "from": iso(report.starts_at),
        "to": iso(report.ends_at),
        "made_at": iso(report.made_at),
        "sha256": report.sha256,
        "recipients": each.recipients,
        "opened": each.opened,
    }
