"""`hotline jobs`: scheduled jobs."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import threading

import click

from hotline.bootstrap import Hotline
from hotline.bootstrap.jobs import make_jobs
from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.logs import log_as_set
from hotline.cli.kit.shown import iso, json_option, print_json, print_table
from hotline.domain.reasons import because
from hotline.domain.time import minute_text
from hotline.jobs.job import run_now
from hotline.jobs.scheduler import schedule_while_leading
from hotline.services.line import line_test


@click.group("jobs", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Run the jobs on time; of several such processes one does, the others stand by. Ends on SIGTERM or Ctrl-C."""
    hotline = hotline_of(ctx)
    _log(hotline)
    if ctx.invoked_subcommand is not None:
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    holder = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
    schedule_while_leading(hotline.storage, make_jobs(hotline), holder, hotline.clock, stop)


@command.command("list")
@json_option
@click.pass_context
def list_jobs(ctx: click.Context, as_json: bool) -> None:
    """The jobs and how often they run."""
    jobs = make_jobs(hotline_of(ctx))
    if as_json:
        print_json([{"job": job.name, "seconds": job.seconds} for job in jobs])
    else:
        print_table(("job", "every (s)"), [(job.name, str(job.seconds)) for job in jobs])


@command.command("run")
@click.argument("name")
@click.pass_context
def run(ctx: click.Context, name: str) -> None:
    """Run the job NAME now, once."""
    hotline = hotline_of(ctx)
    jobs = {job.name: job for job in make_jobs(hotline)}
    if name not in jobs:
        raise click.ClickException(said(because("machine.no_job", job=name, known=tuple(jobs))))
    if not run_now(hotline.storage, jobs[name], hotline.clock()):
        raise click.ClickException(said(because("machine.job_failed", job=name)))


@command.command("line-tests")
@json_option
@click.pass_context
def line_tests(ctx: click.Context, as_json: bool) -> None:
    """A4: when each line was last called and tested, and what came of it."""
    hotline = hotline_of(ctx)
    found = line_test.statuses(hotline.storage, hotline.settings)
    if as_json:
        print_json([_line_status(status) for status in found])
        return
    columns = ("line", "number", "last call", "last test", "result")
    print_table(columns, [_line_row(status) for status in found])


def _line_row(status: line_test.LineStatus) -> tuple[str, ...]:
    latest = status.latest
    result = f"{latest.result} {said(latest.detail) if latest.detail else ''}".strip() if latest else ""
    shown = said(because("commands.line_not_tested", why=status.not_tested)) if status.not_tested else result
    tested_at = minute_text(latest.started_at) if latest else ""
    return (status.line, status.number, minute_text(status.last_arrival), tested_at, shown)


def _line_status(status: line_test.LineStatus) -> dict[str, object]:
    latest = status.latest
    return {
        "line": status.line,
        "number": status.number,
        "not_tested": said(status.not_tested) if status.not_tested else "",
        "last_arrival": iso(status.last_arrival),
        "test": latest
        and {
            "at": iso(latest.started_at),
            "result": latest.result,
            "detail": said(latest.detail) if latest.detail else "",
        },
    }


def _log(hotline: Hotline) -> None:
    log_as_set(hotline)
    # It tells of each run of each job.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
