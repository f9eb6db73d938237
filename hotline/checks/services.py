"""Checks that services answer: Asterisk's manager, the trunk, the IVR, the web server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from time import monotonic

from hotline.asterisk.ami.actions import ACTION_SECONDS, Conversation
from hotline.asterisk.process import actions_peer
from hotline.asterisk.render import reachable
from hotline.domain.errors import PbxError
from hotline.services.check import CheckResult, failed, ok, warning
from hotline.settings import Settings
from hotline.settings.secrets import Secrets
from hotline.supervisor.readiness import Probe, answers_as_ivr, speaks_http

Entries = Sequence[Mapping[str, str]]


def check_pbx(settings: Settings, secrets: Secrets) -> list[CheckResult]:
    """AMI login, FullyBooted, the trunk: each the answer of Asterisk itself."""
    conversation = Conversation(actions_peer(settings, secrets), monotonic() + ACTION_SECONDS)
    try:
        conversation.open()
    except PbxError as error:
        conversation.close()
        return [failed("ami", error.reason, "start the hotline; for an Asterisk of your own see [asterisk]")]
    found = [ok("ami", f"logged in as {settings.asterisk.ami_user}")]
    try:
        found.append(_booted(conversation.ask("CoreStatus", {}).keys))
        found.append(_trunk(settings, conversation))
    except PbxError as error:
        found.append(failed("pbx", error.reason, "look into Asterisk's log (asterisk/log/messages in HOTLINE_HOME)"))
    finally:
        conversation.close()
    return found


def _booted(status: Mapping[str, str]) -> CheckResult:
    """CoreStatus knows the time of the start only when it is over."""
    started = f"{status.get('CoreStartupDate', '')} {status.get('CoreStartupTime', '')}".strip()
    if not started:
        return failed("pbx", "Asterisk has not fully booted", "wait; if it stays so, look into its log")
    return ok("pbx", f"fully booted, up since {started}, {status.get('CoreCurrentCalls', '?')} calls now")


def _trunk(settings: Settings, conversation: Conversation) -> CheckResult:
    if settings.trunk.kind == "registration":
        return judge_registration(settings, conversation.ask_list("PJSIPShowRegistrationsOutbound", {}))
    return judge_contact(settings, conversation.ask_list("PJSIPShowEndpoint", {"Endpoint": "trunk"}))


def judge_registration(settings: Settings, entries: Entries) -> CheckResult:
    """A trunk by registration works when the carrier has accepted it."""
    states = [entry.get("Status", "") for entry in entries if entry.get("ObjectName") == "trunk"]
    where = f"{settings.trunk.host}:{settings.trunk.port}"
    if states == ["Registered"]:
        return ok("trunk", f"registered with {where} as {settings.trunk.username}")
    state = states[0] if states else "not configured"
    return failed(
        "trunk",
        f"not registered with {where}: {state}",
        "check trunk.host, trunk.username and trunk.password, and that the carrier can be reached",
    )


def judge_contact(settings: Settings, entries: Entries) -> CheckResult:
    """A trunk by address is known to work only when it is asked (trunk.qualify_seconds)."""
    states = [entry.get("Status", "") for entry in entries if entry.get("Event") == "ContactStatusDetail"]
    where = f"{settings.trunk.host}:{settings.trunk.port}"
    if not states:
        return failed("trunk", f"Asterisk knows no trunk to {where}", "restart the hotline: its configuration is older")
    if states[0] in ("Reachable", "Avail"):
        return ok("trunk", f"{where} answers")
    if states[0] in ("Unreachable", "Unavail"):
        return failed("trunk", f"{where} does not answer", "check trunk.host and trunk.port; ask the carrier")
    if settings.trunk.qualify_seconds:
        return warning("trunk", f"{where}: not asked yet ({states[0]})", "check again in a moment")
    return ok("trunk", f"by address, {where}; not asked whether it answers (trunk.qualify_seconds = 0)")


def check_services(settings: Settings) -> list[CheckResult]:
    """The IVR and the web server answer, and as what they are."""
    host, listen = reachable(str(settings.listen.host)), settings.listen
    return [
        _answers("ivr", f"{host}:{listen.agi_port}", answers_as_ivr(host, listen.agi_port), "listen.agi_port"),
        _answers("web", f"http://{host}:{listen.http_port}", speaks_http(host, listen.http_port), "listen.http_port"),
    ]


def _answers(what: str, where: str, probe: Probe, key: str) -> CheckResult:
    async def ask() -> bool:
        return await probe()

    if asyncio.run(ask()):
        return ok(what, f"{where} answers as ours")
    return failed(
        what,
        f"{where} does not answer as ours",
        f"start the hotline; if it runs, log/{what}.log says why, or another program has the port ({key})",
    )
