"""The second private Asterisk: carrier, callers, operator's phone and duty mobile in one."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from greetings import audio, speech
from hotline.asterisk import render
from hotline.asterisk.ami.actions import AmiPbx
from hotline.asterisk.locate import AsteriskInstall
from hotline.asterisk.modules import MODULES
from hotline.asterisk.pbx import LINKED_DATA
from hotline.domain.errors import PbxError
from hotline.settings import Home, Settings
from hotline.settings.home import TREE
from hotline.settings.secrets import Secrets
from hotline.simulate import cast, site

TEMPLATES = TREE / "config" / "simulator"
FOLDERS = (
    "etc",
    "varlib",
    "db",
    "keys/keys",
    "data",
    "agi-bin",
    "spool/outgoing",
    "spool/tmp",
    "run",
    "log",
    "cache",
    "sounds",
)

#: What the parties need beside what the hotline's Asterisk loads, and what they do without.
MORE_MODULES = ("pbx_spool",)
FEWER_MODULES = frozenset(
    {
        "app_queue",
        "app_mixmonitor",
        "res_agi",
        "res_cdrel_custom",
        "cel_manager",
        "cel_sqlite3_custom",
        "res_pjsip_transport_websocket",
        "res_http_websocket",
        "res_websocket_client",
        "res_musiconhold",
    }
)


#: Files of the hotline's own Asterisk that serve the carrier as they are.
SHARED_FILES = ("indications.conf", "features.conf", "cli_aliases.conf")


def folder(home: Home) -> Path:
    """Where the simulated carrier lives, in the simulation's home."""
    return home.root / "carrier"


def prepare(settings: Settings, home: Home, secrets: Secrets, install: AsteriskInstall) -> Path:
    """Make the carrier's folders, speech and configuration; gives its asterisk.conf. Safe to repeat.

    The hotline's prompts must have been built: the callers wait for their ends. Raises PromptError, OSError.
    """
    here = folder(home)
    make_folders(here, install)
    for left_over in (here / "spool" / "outgoing").iterdir():
        left_over.unlink()
    lengths = _lengths(settings, home, _speak(here / "sounds"))
    render.write(_files(settings, home, secrets, install, lengths), here / "etc")
    return here / "etc" / "asterisk.conf"


def make_folders(here: Path, install: AsteriskInstall) -> None:
    """What any Asterisk needs to start in. Safe to repeat."""
    for name in FOLDERS:
        (here / name).mkdir(parents=True, exist_ok=True)
    for name in LINKED_DATA:
        link = here / "data" / name
        if (install.data_dir / name).exists() and not link.exists():
            link.unlink(missing_ok=True)
            link.symlink_to(install.data_dir / name)


def run(settings: Settings, home: Home, secrets: Secrets, install: AsteriskInstall) -> None:
    """Become the carrier: does not come back."""
    argv = [str(install.binary), "-f", "-C", str(prepare(settings, home, secrets, install))]
    os.execv(argv[0], argv)


def call(home: Home, scenario: cast.Scenario, dialled: str) -> None:
    """Have this caller dial the number, by a call file: Asterisk takes it up as soon as it stands whole."""
    over = "customers" if scenario.kind is cast.Kind.CALLS_BACK else "hotline"
    text = (
        f"Channel: PJSIP/{dialled}@{over}\nCallerID: <{scenario.number}>\nWaitTime: 30\n"
        f"Context: callers\nExtension: {scenario.name}\nPriority: 1\n"
    )
    draft = folder(home) / "spool" / "tmp" / scenario.name
    draft.write_text(text, "ascii")
    os.replace(draft, folder(home) / "spool" / "outgoing" / scenario.name)


def _files(
    settings: Settings, home: Home, secrets: Secrets, install: AsteriskInstall, lengths: cast.Lengths
) -> dict[str, str]:
    environment = _environment(TEMPLATES)
    sounds = folder(home) / "sounds"
    wanted = [name for name in (*MODULES, *MORE_MODULES) if name not in FEWER_MODULES]
    context = {
        "settings": settings,
        "folder": folder(home),
        "install": install,
        "modules": [name for name in wanted if (install.modules_dir / f"{name}.so").exists()],
        "hotline_host": render.reachable(str(settings.listen.host)),
        "carrier_host": site.CARRIER_HOST,
        "phone_host": site.PHONE_HOST,
        "customers_host": site.CUSTOMERS_HOST,
        "customer": cast.customer_steps(lengths, sounds),
        "busy": cast.BUSY,
        "port": settings.trunk.port,
        "rtp": site.carrier_rtp_range(settings),
        "operator": site.OPERATOR,
        "password": secrets.phone_password(site.OPERATOR),
        "numbers": [line.number for line in settings.lines.values()],
        "called": {site.OPERATOR: cast.operator_steps(lengths, sounds), site.MOBILE: cast.mobile_steps(sounds)},
        "callers": {one.name: cast.caller_steps(one.name, lengths, sounds) for one in cast.CALLERS},
    }
    shared = shared_files(settings)
    own = {
        name.removesuffix(".j2"): environment.get_template(name).render(context)
        for name in environment.list_templates(extensions=["j2"])
    }
    empty = {**dict.fromkeys(render.EMPTY_FILES, "[general]\n"), **dict.fromkeys(render.BARE_FILES, "")}
    return {**empty, **shared, **own}


def shared_files(settings: Settings) -> dict[str, str]:
    """Those of the hotline's own Asterisk, as it gets them."""
    environment = _environment(render.TEMPLATES)
    return {name: environment.get_template(f"{name}.j2").render(settings=settings) for name in SHARED_FILES}


def _environment(templates: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(templates), undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False
    )


def _speak(sounds: Path) -> dict[str, float]:
    """Speak what is not there yet; seconds of each."""
    seconds = {}
    for name, text in cast.SPEECH.items():
        digest = hashlib.sha256((text + speech.recipe("zh")).encode()).hexdigest()
        file, stamp = sounds / f"{name}.wav", sounds / f"{name}.sha256"
        if not (file.exists() and stamp.exists() and stamp.read_text() == digest):
            file.write_bytes(audio.to_wav(speech.speak(text, "zh")))
            stamp.write_text(digest)
        seconds[name] = audio.seconds(file)
    return seconds


def _lengths(settings: Settings, home: Home, spoken: dict[str, float]) -> cast.Lengths:
    line_id = next(iter(settings.lines))
    prompts = home.sounds / settings.site.language / "hotline"

    def length(prompt: str) -> float:
        found = [file for file in (prompts / f"{prompt}-{line_id}.wav", prompts / f"{prompt}.wav") if file.exists()]
        return audio.seconds(found[0]) if found else 5.0

    return cast.Lengths(
        greeting_closed=length("greeting-closed"),
        voicemail_prompt=length("voicemail-prompt"),
        dialled_notice=length("dialled-notice"),
        speech=spoken,
    )


def phone_registered(pbx: AmiPbx) -> bool:
    """Whether the hotline can ring the operator's phone."""
    try:
        phones = pbx.phones()
    except PbxError:
        return False
    return any(phone.get("ObjectName") == site.OPERATOR and phone.get("Contacts") for phone in phones)
