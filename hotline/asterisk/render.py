"""Asterisk's configuration, generated from the settings (config/asterisk/*.j2)."""

from __future__ import annotations

import ipaddress
import os
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hotline.asterisk.locate import AsteriskInstall
from hotline.asterisk.modules import MODULES, PRIVATE_MODULES
from hotline.asterisk.sip_ear import EAR_HOST
from hotline.asterisk.unread import UNREAD_EVENTS, UNREAD_MESSAGES
from hotline.domain.dialling.destination import EMERGENCIES
from hotline.domain.dialling.patterns import PLAIN_PATTERNS
from hotline.services.dialling.ringing import DIALS_FAMILY
from hotline.services.pbx import PbxPart, penalty_of
from hotline.services.ways_in.shutting_out import SHUT_OUT_FAMILY
from hotline.settings import Home, Settings
from hotline.settings.certificates import SYSTEM_AUTHORITIES
from hotline.settings.home import TREE
from hotline.settings.secrets import Secrets
from hotline.settings.sip import Carrier

TEMPLATES = TREE / "config" / "asterisk"

#: For so long a reloaded page may take to answer its call; then the caller goes back to the queue.
REJOIN_SECONDS = 20

#: After its start Asterisk hears from every phone that is there within a second or two, at its second question (ten
#: seconds later) at the latest; browsers are back within eight.
PHONES_KNOWN_SECONDS = 15

#: Nobody can have said anything in so short a talk: whoever ends it on our side has dropped the phone.
DROPPED_MILLISECONDS = 1500

#: A phone's end and what it leads to lie no further apart.
SAME_MOMENT_MILLISECONDS = 500

#: What the listener uses; the rest is not even sent. Keep in step with hotline.asterisk.translate.
LISTENER_EVENTS = (
    "CEL",
    "Hold",
    "Unhold",
    "FullyBooted",
    "Shutdown",
    "QueueMemberAdded",
    "QueueMemberRemoved",
    "QueueMemberPause",
    "QueueMember",
    "QueueStatusComplete",
    "Reload",
    "EndpointList",
    "EndpointListComplete",
    "ContactStatus",
    "DeviceStateChange",
    "DialEnd",
    "InvalidAccountID",
    "ChallengeResponseFailed",
    "FailedACL",
)

#: Of these events only some: the header to be looked at, and how its value begins. Each queue has a device too; of
#: what is read anew only who is in which queue is not told otherwise.
ONLY_WHERE = {"DeviceStateChange": ("Device", "PJSIP/"), "Reload": ("Module", "app_queue")}

#: Optional files whose absence Asterisk would log as errors.
EMPTY_FILES = (
    "cel_custom.conf",
    "pjproject.conf",
    "pjsip_notify.conf",
    "udptl.conf",
    "ccss.conf",
    "dsp.conf",
    "codecs.conf",
    "websocket_client.conf",
    "pjsip_wizard.conf",
    "extensions.ael",
    "geolocation.conf",
    "res_stun_monitor.conf",
    "dnsmgr.conf",
    "resolver_unbound.conf",
)

#: The same, where a [general] section is an error too; ours has a stasis.conf of its own.
BARE_FILES = ("stasis.conf", "acl.conf", "queuerules.conf")


#: The files that change with the settings while Asterisk runs, and the part of it that reads them.
LIVE_FILES = {
    "pjsip.conf": PbxPart.PHONES,
    "queues.conf": PbxPart.QUEUES,
    "queuerules.conf": PbxPart.QUEUES,
    "extensions.conf": PbxPart.DIALPLAN,
    "features.conf": PbxPart.TRANSFERS,
}

#: What stands in no name that Asterisk reads; letters of every script do.
_NO_NAME = re.compile(r"[^\w .'·（）-]")

#: Below the folder of the configuration: each file as it was before its last change.
PREVIOUS = "previous"


def render(settings: Settings, home: Home, secrets: Secrets, install: AsteriskInstall) -> dict[str, str]:
    """File name → text of every configuration file."""
    wanted = (*MODULES, *PRIVATE_MODULES) if settings.asterisk.private else MODULES
    environment = _environment()
    context = {
        **_context(settings, home, secrets),
        "install": install,
        "modules": [module for module in wanted if (install.modules_dir / f"{module}.so").exists()],
    }
    files = {
        name.removesuffix(".j2"): environment.get_template(name).render(context)
        for name in environment.list_templates(extensions=["j2"])
    }
    return {**dict.fromkeys(EMPTY_FILES, "[general]\n"), **dict.fromkeys(BARE_FILES, ""), **files}


def render_live(settings: Settings, home: Home, secrets: Secrets) -> dict[str, str]:
    """Those of LIVE_FILES, whatever Asterisk they are for."""
    environment, context = _environment(), _context(settings, home, secrets)
    return {name: environment.get_template(f"{name}.j2").render(context) for name in LIVE_FILES}


@cache
def _environment() -> Environment:
    """The templates are read once a process: making text of them is quick, reading them is not."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False
    )
    environment.filters["plain_name"] = plain_name
    environment.filters["penalty_of"] = penalty_of
    return environment


def highest_level(settings: Settings, queue: str) -> int:
    """That an operator has in this queue, whether or not they work there now."""
    return max((operator.level_in(queue) for operator in settings.operators.values()), default=1)


def plain_name(name: str) -> str:
    """A person's name as Asterisk may read it: without what is a variable, a comment, an argument's end or an address
    to it. Names are written in the browser too."""
    return " ".join(_NO_NAME.sub(" ", name).split())


def _context(settings: Settings, home: Home, secrets: Secrets) -> dict[str, object]:
    return {
        "settings": settings,
        "home": home,
        "secrets": secrets,
        "listener_events": LISTENER_EVENTS,
        "only_where": ONLY_WHERE,
        "unread_events": UNREAD_EVENTS,
        "unread_messages": UNREAD_MESSAGES,
        "rejoin_seconds": REJOIN_SECONDS,
        "phones_known_seconds": PHONES_KNOWN_SECONDS,
        "levels": {queue: highest_level(settings, queue) for queue in settings.queues},
        "dropped_milliseconds": DROPPED_MILLISECONDS,
        "same_moment_milliseconds": SAME_MOMENT_MILLISECONDS,
        "shut_out_family": SHUT_OUT_FAMILY.removesuffix("/acl"),
        "trunk_uri": _trunk_uri(settings.trunk),
        "callback_trunk_uri": _trunk_uri(settings.callback_trunk),
        "callback_trunk_addresses": [
            each for each in settings.callback_trunk.addresses if each not in settings.trunk.addresses
        ],
        "dials_family": DIALS_FAMILY,
        "may_be_dialled": PLAIN_PATTERNS,
        "never_dialled": EMERGENCIES,
        "system_authorities": SYSTEM_AUTHORITIES,
        "ear_host": EAR_HOST,
        "agi_host": reachable(str(settings.listen.host)),
        "ami_permit": _network(str(settings.listen.host)),
    }


def _trunk_uri(trunk: Carrier) -> str:
    """As pjsip.conf has it, where a bare semicolon would begin a comment."""
    return f"sip:{trunk.host}:{trunk.port}" + ("" if trunk.transport == "udp" else f"\\;transport={trunk.transport}")


def names_cel_files(install: AsteriskInstall) -> bool:
    """Whether this Asterisk writes CEL into a database of any name; older ones know master.db alone."""
    return (install.modules_dir / "res_cdrel_custom.so").exists()


def write(files: dict[str, str], folder: Path) -> list[str]:
    """Write the files that differ from what stands there, each as a whole and readable by its owner alone (they hold
    passwords); their names. What stood there before is kept in PREVIOUS."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = [name for name, text in files.items() if differs(text, folder / name)]
    for name in changed:
        before = _text_of(folder / name)
        if before is not None:
            (folder / PREVIOUS).mkdir(mode=0o700, exist_ok=True)
            _write(folder / PREVIOUS / name, before)
        _write(folder / name, files[name])
    return changed


def differs(text: str, file: Path) -> bool:
    """Whether something else stands in the file, or nothing."""
    return _text_of(file) != text


def _text_of(file: Path) -> str | None:
    return file.read_text("utf-8") if file.exists() else None


def _write(file: Path, text: str) -> None:
    draft = file.with_name(f".{file.name}.new")
    draft.touch(mode=0o600)
    draft.write_text(text, "utf-8")
    os.replace(draft, file)


def reachable(host: str) -> str:
    """The address at which a service bound to `host` is reached from this machine."""
    address = ipaddress.ip_address(host)
    if address.is_unspecified:
        return "127.0.0.1" if address.version == 4 else "::1"
    return host


def _network(host: str) -> str:
    """Who may log in to AMI: this machine, and the network only when the services were opened to it."""
    address = ipaddress.ip_address(host)
    if address.is_loopback:
        return "127.0.0.0/255.0.0.0"
    return "127.0.0.0/255.0.0.0" if address.is_unspecified else f"{host}/255.255.255.255"
