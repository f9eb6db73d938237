"""`hotline jobs`: what happens by the clock."""

from __future__ import annotations

import json
import logging
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable
from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

from hotline.asterisk.cel_database import CelDatabase
from hotline.asterisk.process import cel_database_path, make_pbx
from hotline.bootstrap import Hotline, bootstrap
from hotline.jobs.catalogue import Parts, catalogue
from hotline.jobs.job import Job, run_now
from hotline.jobs.scheduler import schedule_while_leading


@click.group("jobs", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Run the jobs on time; of several such processes one does, the others stand by. Ends on SIGTERM or Ctrl-C."""
    hotline = bootstrap()
    _log(hotline)
    ctx.obj = hotline
    if ctx.invoked_subcommand is not None:
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    holder = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
    schedule_while_leading(hotline.storage, make_jobs(hotline), holder, hotline.clock, stop)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
@click.pass_obj
def list_jobs(hotline: Hotline, as_json: bool) -> None:
    """The jobs and how often they run."""
    jobs = make_jobs(hotline)
    if as_json:
        click.echo(json.dumps([{"job": job.name, "seconds": job.seconds} for job in jobs]))
        return
    table = Table("job", "every (s)")
    for job in jobs:
        table.add_row(job.name, str(job.seconds))
    Console().print(table)


@command.command("run")
@click.argument("name")
@click.pass_obj
def run(hotline: Hotline, name: str) -> None:
    """Run the job NAME now, once."""
    jobs = {job.name: job for job in make_jobs(hotline)}
    if name not in jobs:
        raise click.ClickException(f"there is no job {name}; known: {', '.join(jobs)}")
    if not run_now(hotline.storage, jobs[name], hotline.clock()):
        raise click.ClickException(f"the job {name} failed; the reason stands above")


def make_jobs(hotline: Hotline) -> tuple[Job, ...]:
    """The jobs of this instance, with its Asterisk."""
    pbx = make_pbx(hotline.settings, hotline.secrets)
    started_at = hotline.clock()
    parts = Parts(hotline.settings, hotline.home, hotline.storage, pbx, _trimmer(hotline), started_at)
    return catalogue(parts)


def _trimmer(hotline: Hotline) -> Callable[[datetime], int]:
    path = cel_database_path(hotline.settings, hotline.home)

    def trim(before: datetime) -> int:
        """0 where Asterisk has not yet written, or writes on another machine."""
        return CelDatabase(path).trim(before) if path.exists() else 0

    return trim


def _log(hotline: Hotline) -> None:
    level = hotline.settings.log.level
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # It tells of each run of each job.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
