"""`hotline ivr`: the FastAGI server that greets callers and asks where their calls go."""

from __future__ import annotations

import functools
import logging
import signal
import threading

import click

import greetings
from greetings.missing import unknown
from hotline.bootstrap import Hotline, bootstrap
from hotline.cli.kit.language import said
from hotline.domain.errors import HotlineError
from hotline.domain.line.routing import Arrival, Route
from hotline.domain.reasons import because
from hotline.services.line.routing import decide
from ivr.call import call_script
from ivr.names import Variable
from ivr.server import IvrServer
from ivr.session import Session
from ivr.sounds import Sounds

log = logging.getLogger("hotline.ivr")


@click.command("ivr")
def command() -> None:
    """Greet callers and decide where each call goes (FastAGI). Ends on SIGTERM when its calls have been passed on."""
    hotline = bootstrap()
    logging.basicConfig(level=hotline.settings.log.level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    server = make_server(hotline)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    accepting = threading.Thread(target=server.serve, name="ivr-accept", daemon=True)
    accepting.start()
    log.info("listening on %s:%d", hotline.settings.listen.host, server.port)
    while accepting.is_alive() and not ended.wait(1.0):
        pass
    if not ended.is_set():
        raise click.ClickException(said(because("machine.ivr_stopped")))
    server.stop()
    accepting.join()
    left = server.drain()
    log.info("stopped; %d calls left to the dialplan", left)


def make_server(hotline: Hotline) -> IvrServer:
    """The server for these settings, listening. Raises HotlineError when a prompt is unknown or the port is taken."""
    settings, home = hotline.settings, hotline.home
    manifest = greetings.load_manifest(home)
    wrong = unknown(settings, manifest)
    if wrong:
        raise HotlineError("machine.prompts_missing", problems=wrong)
    for line in greetings.missing(settings, home):
        log.warning("%s", line)
    prompts = Sounds(manifest, home.sounds / settings.site.language)
    script = call_script(settings, prompts, functools.partial(_decide, hotline))
    try:
        return IvrServer(str(settings.listen.host), settings.listen.agi_port, {"call": script, "check": _answer_check})
    except OSError as error:
        place = f"{settings.listen.host}:{settings.listen.agi_port}"
        raise HotlineError("machine.agi_port", place=place, why=str(error.strerror)) from None


def _answer_check(session: Session) -> None:
    """For `hotline check` and `hotline up`: shows by a variable's name that this is our IVR."""
    session.get_variable(Variable.LINE)


def _decide(hotline: Hotline, arrival: Arrival) -> Route:
    return decide(hotline.storage, hotline.settings, arrival, hotline.clock())
