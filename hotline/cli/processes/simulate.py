"""`hotline simulate`: plays the simulated calls again on a running `hotline up --simulate`."""

from __future__ import annotations

import json
import sys
import threading

import click
from rich.console import Console

from hotline.asterisk.locate import find_asterisk
from hotline.bootstrap import bootstrap
from hotline.cli.kit.language import said
from hotline.domain.errors import Refused
from hotline.services.calls.view import call_view
from hotline.settings import Home, load_settings
from hotline.settings.secrets import load_or_create_secrets
from hotline.simulate import carrier, site
from hotline.simulate.play import Play, ScenarioState
from hotline.supervisor.lock import running_pid


@click.group("simulate", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="One object a scenario, when all is over.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Let the simulated callers call a running `hotline up --simulate`; status 1 if the ledger lacks anything."""
    if ctx.invoked_subcommand is not None:
        return
    home = site.simulation_home(Home.from_environment())
    if running_pid(home) is None:
        raise Refused("machine.no_simulation")
    hotline = bootstrap(home)
    play = Play(hotline, Console(), threading.Event(), said)
    if as_json:
        sights = play.run()
        click.echo(json.dumps([_as_json(sight) for sight in sights], ensure_ascii=False, indent=1))
        sys.exit(0 if all(sight.as_expected for sight in sights) else 1)
    sys.exit(0 if play.show() else 1)


@command.command("carrier")
def run_carrier() -> None:
    """Run the simulated carrier and phones in the foreground (HOTLINE_HOME is the simulation's); for `hotline up`."""
    home = Home.from_environment()
    settings = load_settings(home)
    home.create()
    carrier.run(settings, home, load_or_create_secrets(home), find_asterisk(settings))


def _as_json(sight: ScenarioState) -> dict[str, object]:
    return {
        "scenario": sight.scenario.name,
        "expected": sight.scenario.outcome.value,
        "as_expected": sight.as_expected,
        "call": call_view(sight.stored, said) if sight.stored else None,
    }
