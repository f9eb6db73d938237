"""A carrier that has us register: a second real Asterisk, which answers whoever is dialled over it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hotline.asterisk import render
from hotline.asterisk.locate import AsteriskInstall
from hotline.asterisk.modules import MODULES
from hotline.settings import Settings
from hotline.simulate.carrier import FEWER_MODULES, TEMPLATES, make_folders, shared_files
from tests.support.rig import wait_until

_ACCOUNT = """
[{name}-udp]
type = transport
protocol = udp
bind = {address}

[{name}]
type = endpoint
transport = {name}-udp
context = customers
disallow = all
allow = alaw
aors = {name}
auth = {name}
direct_media = no

[{name}]
type = aor
max_contacts = 1
remove_existing = yes
minimum_expiration = 10

[{name}]
type = identify
endpoint = {name}
match_header = To: /@{host}[:>]/

[{name}]
type = auth
auth_type = digest
username = {name}
password = {password}
"""

_DIALPLAN = """
[general]
static = yes
[customers]
exten => _[0-9].,1,Answer()
 same => n,Wait(6)
 same => n,Hangup()
"""


class RegisteringCarrier:
    """`accounts`: by user name the address (host:port) at which we register, and the password."""

    def __init__(
        self, folder: Path, settings: Settings, install: AsteriskInstall, accounts: dict[str, tuple[str, str]]
    ) -> None:
        self._folder, self._install = folder, install
        make_folders(folder, install)
        render.write(self._files(settings, accounts), folder / "etc")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        argv = [str(self._install.binary), "-f", "-C", self._config]
        with (self._folder / "carrier.log").open("ab") as log:
            self._process = subprocess.Popen(argv, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        wait_until(lambda: "fully booted" in self.console("core waitfullybooted"), "the carrier to be there", 30)

    def stop(self) -> None:
        """As when its power fails."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def console(self, command: str) -> str:
        argv = [str(self._install.binary), "-C", self._config, "-rx", command]
        return subprocess.run(argv, check=False, capture_output=True, text=True, timeout=20).stdout

    def call(self, account: str, seconds: int) -> None:
        """Somebody calls the number of this account, and stays on the line for so long."""
        self.console(f"channel originate PJSIP/{account} application Wait {seconds}")

    @property
    def _config(self) -> str:
        return str(self._folder / "etc" / "asterisk.conf")

    def _files(self, settings: Settings, accounts: dict[str, tuple[str, str]]) -> dict[str, str]:
        templates = Environment(
            loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False
        )
        rtp = settings.listen.rtp_end + 250
        context = {
            "folder": self._folder,
            "install": self._install,
            "rtp": (rtp, rtp + 40),
            "modules": [
                name
                for name in (*MODULES, "res_clioriginate")
                if name not in FEWER_MODULES and (self._install.modules_dir / f"{name}.so").exists()
            ],
        }
        taken = ("asterisk.conf", "modules.conf", "rtp.conf", "logger.conf", "manager.conf", "cdr.conf", "cel.conf")
        own = {name: templates.get_template(f"{name}.j2").render(context) for name in taken}
        who = "[global]\ntype = global\nendpoint_identifier_order = header\n"
        told = "".join(
            _ACCOUNT.format(
                name=name, address=address, host=address.split(":")[0].replace(".", "[.]"), password=password
            )
            for name, (address, password) in accounts.items()
        )
        empty = {**dict.fromkeys(render.EMPTY_FILES, "[general]\n"), **dict.fromkeys(render.BARE_FILES, "")}
        return {**empty, **shared_files(settings), **own, "pjsip.conf": who + told, "extensions.conf": _DIALPLAN}
