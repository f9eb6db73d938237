"""Checks that services answer: Asterisk's manager, the trunk, the IVR, the web server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from time import monotonic

from hotline.asterisk.ami.actions import ACTION_SECONDS, Conversation
from hotline.asterisk.process import actions_peer
from hotline.asterisk.render import reachable
from hotline.domain.errors import PbxError
from hotline.domain.reasons import because
from hotline.services.check import CheckResult, failed, ok, warning
from hotline.settings import Settings
from hotline.settings.secrets import Secrets
from hotline.settings.sip import Carrier
from hotline.supervisor.readiness import Probe, answers_as_ivr, speaks_http

Entries = Sequence[Mapping[str, str]]


def check_pbx(settings: Settings, secrets: Secrets) -> list[CheckResult]:
    """AMI login, FullyBooted, the trunk: each the answer of Asterisk itself."""
    conversation = Conversation(actions_peer(settings, secrets), monotonic() + ACTION_SECONDS)
    try:
        conversation.open()
    except PbxError as error:
        conversation.close()
        return [failed("ami", error.reason, because("checks.start_hotline"))]
    found = [ok("ami", because("checks.logged_in", user=settings.asterisk.ami_user))]
    try:
        found.append(_booted(conversation.ask("CoreStatus", {}).keys))
        found.append(_trunk(settings.trunk, "trunk", conversation))
        if settings.callback_trunk.is_there:
            found.append(_trunk(settings.callback_trunk, "callback_trunk", conversation))
    except PbxError as error:
        found.append(failed("pbx", error.reason, because("checks.see_asterisk_log")))
    finally:
        conversation.close()
    return found


def _booted(status: Mapping[str, str]) -> CheckResult:
    """CoreStatus knows the time of the start only when it is over."""
    started = f"{status.get('CoreStartupDate', '')} {status.get('CoreStartupTime', '')}".strip()
    if not started:
        return failed("pbx", because("checks.not_booted"), because("checks.wait_for_boot"))
    return ok("pbx", because("checks.booted", started=started, calls=status.get("CoreCurrentCalls", "?")))


def _trunk(trunk: Carrier, name: str, conversation: Conversation) -> CheckResult:
    if trunk.kind == "registration":
        return judge_registration(trunk, conversation.ask_list("PJSIPShowRegistrationsOutbound", {}), name)
    return judge_contact(trunk, conversation.ask_list("PJSIPShowEndpoint", {"Endpoint": name}), name)


def judge_registration(trunk: Carrier, entries: Entries, name: str = "trunk") -> CheckResult:
    """A trunk by registration works when the carrier has accepted it."""
    states = [entry.get("Status", "") for entry in entries if entry.get("ObjectName") == name]
    where = f"{trunk.host}:{trunk.port}"
    if states == ["Registered"]:
        return ok(name, because("checks.registered", where=where, user=trunk.username))
    state = (
        because("checks.not_registered", where=where, state=states[0])
        if states
        else because("checks.trunk_not_configured", where=where)
    )
    return failed(name, state, because("checks.see_registration"))


def judge_contact(trunk: Carrier, entries: Entries, name: str = "trunk") -> CheckResult:
    """A trunk by address is known to work only when it is asked (its qualify_seconds)."""
    states = [entry.get("Status", "") for entry in entries if entry.get("Event") == "ContactStatusDetail"]
    where = f"{trunk.host}:{trunk.port}"
    if not states:
        return failed(name, because("checks.trunk_unknown", where=where), because("checks.restart"))
    if states[0] in ("Reachable", "Avail"):
        return ok(name, because("checks.answers", where=where))
    if states[0] in ("Unreachable", "Unavail"):
        return failed(name, because("checks.no_answer", where=where), because("checks.see_trunk"))
    if trunk.qualify_seconds:
        return warning(
            name, because("checks.not_asked_yet", where=where, state=states[0]), because("checks.check_again")
        )
    return ok(name, because("checks.never_asked", where=where))


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
        return ok(what, because("checks.answers_as_ours", where=where))
    return failed(
        what,
        because("checks.answers_otherwise", where=where),
        because("checks.start_or_see_log", service=what, key=key),
    )
