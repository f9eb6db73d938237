"""`hotline up`: everything, in the foreground."""

from __future__ import annotations

import asyncio
import os
import sys
import threading

import click
from rich.console import Console

import greetings
from hotline.asterisk.locate import find_asterisk
from hotline.asterisk.render import reachable
from hotline.bootstrap import Hotline, bootstrap
from hotline.cli.greetings import build_with_progress
from hotline.cli.kit.language import said
from hotline.cli.kit.started import command_of
from hotline.domain.errors import HotlineError
from hotline.domain.reasons import because
from hotline.services.accounts.users import create_first_administrator
from hotline.services.appraisal.schemes import read_files as read_schemes
from hotline.services.appraisal.schemes import record_schemes
from hotline.services.cards.files import load_cards
from hotline.services.cases.kinds import read_files, record_kinds
from hotline.services.satisfaction.questionnaires import record_questionnaires
from hotline.services.settings.in_force import read_in_force
from hotline.settings import Home, Settings, load_settings
from hotline.settings.private import narrow
from hotline.simulate import site
from hotline.simulate.demo import write_demo
from hotline.simulate.play import Play
from hotline.storage import migrate
from hotline.storage.engine import database_url
from hotline.supervisor.lock import only_one
from hotline.supervisor.output import Output
from hotline.supervisor.ports import require_free, wanted_ports
from hotline.supervisor.readiness import answers_as_ivr, booted, speaks_http
from hotline.supervisor.supervisor import ProcessSpec, Supervisor

FIRST_ADMINISTRATOR = "admin"

#: The processes of a supervisor that was killed end by themselves; Asterisk takes up to two seconds.
PORT_PATIENCE_SECONDS = 4.0


@click.command("up")
@click.option("--simulate", is_flag=True, help="With simulated callers and phones, in HOTLINE_HOME/simulation.")
def command(simulate: bool) -> None:
    """Start everything, watch it, restart what dies; Ctrl-C ends it all."""
    home = Home.from_environment()
    if simulate:
        home = site.simulation_home(home)
        # The processes that are started read it too.
        os.environ["HOTLINE_HOME"] = str(home.root)
    with only_one(home):
        if simulate:
            listen = site_settings(home).listen
            site.write_overlay(home, listen.sip_port, listen.http_port)
        settings = load_settings(home)
        ports = wanted_ports(settings) + (site.carrier_ports(settings) if simulate else [])
        require_free(ports, PORT_PATIENCE_SECONDS)
        # A log has no width; the table of simulated calls needs some.
        console = Console(width=None if sys.stdout.isatty() else 120)
        hotline = prepare(home, settings, console)
        if simulate:
            write_demo(hotline)
        asyncio.run(_supervise(hotline, console, simulate))


def site_settings(home: Home) -> Settings:
    """The settings without the simulation's own, which are about to be written."""
    home.settings_file.unlink(missing_ok=True)
    return load_settings(home)


def prepare(home: Home, settings: Settings, console: Console) -> Hotline:
    """Bring database and prompts up to date; on the very first start add the administrator. Safe to repeat.

    Raises HotlineError when something that callers would hear is missing, WrongKind for a kind of case or a way of
    scoring that can't be used, SettingsError when a script card is wrong.
    """
    home.create()
    load_cards(home.cards)
    read_files(home)
    read_schemes(home)
    applied = migrate.upgrade(database_url(settings, home))
    narrow(home.root)
    settings = read_in_force(home)
    if applied:
        console.print(said(because("commands.database_upgraded", revisions=tuple(applied))), highlight=False)
    built = build_with_progress(settings, home)
    if built.made:
        console.print(said(because("commands.prompts_made", count=len(built.made))), highlight=False)
    missing = greetings.missing(settings, home)
    if missing:
        raise HotlineError("machine.prompts_missing", problems=missing)
    if settings.asterisk.private:
        find_asterisk(settings)
    hotline = bootstrap(home)
    record_kinds(hotline.storage, home, hotline.clock())
    record_questionnaires(hotline.storage, home, hotline.clock())
    record_schemes(hotline.storage, home, hotline.clock())
    _first_administrator(hotline, console)
    return hotline


def _first_administrator(hotline: Hotline, console: Console) -> None:
    made = create_first_administrator(hotline.storage, hotline.clock())
    if made is None:
        return
    username, password = made
    told = because("commands.first_administrator", user=f"[bold]{username}[/bold]", secret=f"[bold]{password}[/bold]")
    console.print(f"\n{said(told)}\n", highlight=False)


async def _supervise(hotline: Hotline, console: Console, simulate: bool) -> None:
    output = Output(console, hotline.home.log)
    environment = {**os.environ, "HOTLINE_HOME": str(hotline.home.root), "PYTHONUNBUFFERED": "1"}
    supervisor = Supervisor(processes(hotline, simulate), environment, output, said)
    ended = threading.Event()

    def ready(late: list[str]) -> None:
        console.print(_ready_text(hotline, late), highlight=False, markup=False, soft_wrap=True)
        if simulate:
            threading.Thread(target=Play(hotline, console, ended, said).show, daemon=True).start()

    try:
        await supervisor.run(ready)
    finally:
        ended.set()
        output.close()


def processes(hotline: Hotline, simulate: bool) -> list[ProcessSpec]:
    """What is started: Asterisk first, then what works with it."""
    settings, listen = hotline.settings, hotline.settings.listen
    host = reachable(str(listen.host))
    password = hotline.secrets.ami_password
    specs = [
        ProcessSpec("ivr", command_of("ivr"), ready=answers_as_ivr(host, listen.agi_port)),
        ProcessSpec("listener", command_of("listener")),
        ProcessSpec("web", command_of("web"), ready=speaks_http(host, listen.http_port)),
        ProcessSpec("jobs", command_of("jobs")),
        ProcessSpec("worker", command_of("worker")),
    ]
    # Without a model they wait for one to be chosen.
    names = ["transcriber", *(f"transcriber-{n}" for n in range(2, settings.speech.workers + 1))]
    specs += [ProcessSpec(name, command_of("transcriber")) for name in names[: settings.speech.workers]]
    if settings.asterisk.private:
        pbx_ready = booted(host, listen.ami_port, settings.asterisk.ami_user, password)
        specs.insert(0, ProcessSpec("pbx", command_of("pbx"), stage=0, ready=pbx_ready))
    if simulate:
        specs.append(ProcessSpec("carrier", command_of("simulate", "carrier")))
    return specs


def _ready_text(hotline: Hotline, late: list[str]) -> str:
    listen = hotline.settings.listen
    numbers = ", ".join(line.number for line in hotline.settings.lines.values())
    host = f"[{listen.host}]" if listen.host.version == 6 else str(listen.host)
    ways = ", ".join(
        f"{host}:{listen.sip_tls_port if each == 'tls' else listen.sip_port} ({each.upper()})"
        for each in hotline.settings.sip_transports
    )
    state = because("commands.up_late", processes=tuple(late)) if late else because("commands.up_ready")
    places = because(
        "commands.up_places",
        web=f"http://{host}:{listen.http_port}/",
        sip=ways,
        lines=numbers,
        folder=str(hotline.home.root),
    )
    return f"\n{said(state)}\n{said(places)}\n"
