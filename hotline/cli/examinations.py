"""`hotline examinations`: which calls are examined by whom (E6)."""

from __future__ import annotations

import click

from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import iso, json_option, print_json, print_table, who
from hotline.domain.examination.records import Examination, ExaminationFilter, ExaminationState, SampleDraw
from hotline.domain.people import Actor
from hotline.domain.reasons import because
from hotline.domain.rights import given
from hotline.domain.time import minute_text
from hotline.services.examination.examinations import find_examinations
from hotline.services.examination.samples import draw_week
from hotline.storage.audit import AuditLog
from hotline.storage.examination.plans import SampleStore


@click.group("examinations")
def command() -> None:
    """Calls drawn for examination, and who has what to do (E6, F5)."""


@command.command("draw")
@click.option("--week", required=True, help="A week that is over: 2026-W47.")
@click.option("--seed", default="", help="Default: a new one; it stands on record.")
@json_option
@click.pass_context
def draw(ctx: click.Context, week: str, seed: str, as_json: bool) -> None:
    """Draw the calls of a week by the settings' plan, and share them out; once a week."""
    hotline = hotline_of(ctx)
    done = draw_week(hotline.storage, hotline.settings, week, _actor(), hotline.clock(), seed)
    if as_json:
        return print_json(
            {
                **_draw_json(done.draw),
                "assigned": done.assigned,
                "unassigned": done.unassigned,
                "examined_before": done.examined_before,
            }
        )
    click.echo(
        said(
            because(
                "commands.drawn",
                drawn=len(done.draw.drawn),
                of=done.draw.candidates,
                seed=done.draw.seed,
                assigned=done.assigned,
                unassigned=done.unassigned,
                before=done.examined_before,
            )
        )
    )


@command.command("draws")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
@json_option
@click.pass_context
def draws(ctx: click.Context, limit: int, as_json: bool) -> None:
    """The draws so far, newest first."""
    with hotline_of(ctx).storage.reading() as tx:
        found = SampleStore(tx).latest(limit)
    if as_json:
        return print_json([_draw_json(each) for each in found])
    print_table(
        ("week", "drawn", "of", "seed", "by", "at"),
        [
            (
                each.period,
                str(len(each.drawn)),
                str(each.candidates),
                each.seed,
                each.drawn_by,
                minute_text(each.drawn_at),
            )
            for each in found
        ],
    )


@command.command("list")
@click.option("--state", type=click.Choice([state.value for state in ExaminationState]))
@click.option("--examiner", help="User name.")
@click.option("--overdue", is_flag=True, help="Only those whose time is over.")
@click.option("--limit", default=200, show_default=True, type=click.IntRange(1, 10_000))
@json_option
@click.pass_context
def list_(
    ctx: click.Context, state: str | None, examiner: str | None, overdue: bool, limit: int, as_json: bool
) -> None:
    """Show them, what is to be done first; without calibrations' points."""
    hotline, now = hotline_of(ctx), hotline_of(ctx).clock()
    wanted = ExaminationFilter(
        states=(ExaminationState(state),) if state else (), examiner=examiner, overdue_at=now if overdue else None
    )
    with hotline.storage.writing() as tx:
        found, total = find_examinations(tx, wanted, _actor(), limit)
        AuditLog(tx).add(now, who(), "examinations.view", "examinations", f"{len(found)} examinations")
    if as_json:
        return print_json([_as_json(each) for each in found])
    print_table(
        ("id", "call", "operator", "why", "examiner", "state", "due", "score"),
        [
            (
                str(each.id),
                minute_text(each.called_at),
                each.extension,
                each.why,
                each.examiner or "-",
                each.state,
                minute_text(each.due_at),
                "" if (score := _score(each)) is None else f"{score:g}",
            )
            for each in found
        ],
    )
    if total > len(found):
        click.echo(said(because("commands.in_all", total=total)))


def _actor() -> Actor:
    return Actor(who(), given.COMMAND_LINE, who())


def _score(examination: Examination) -> float | None:
    return examination.score if examination.calibration_id is None else None


def _as_json(examination: Examination) -> dict[str, object]:
    names = ("id", "node", "linkedid", "extension", "examiner", "draw_id", "calibration_id", "score_form_id")
    return {
        **{name: getattr(examination, name) for name in names},
        "why": examination.why.value,
        "state": examination.state.value,
        "score": _score(examination),
        "called_at": iso(examination.called_at),
        "due_at": iso(examination.due_at),
        "done_at": iso(examination.done_at),
    }


def _draw_json(draw: SampleDraw) -> dict[str, object]:
    return {
        "week": draw.period,
        "seed": draw.seed,
        "plan": dict(draw.plan),
        "candidates": draw.candidates,
        "drawn": [{"node": node, "linkedid": linkedid, "why": why} for node, linkedid, why in draw.drawn],
        "drawn_by": draw.drawn_by,
        "drawn_at": iso(draw.drawn_at),
    }
