"""Checks of the machine: programs, disk, ports."""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path

from hotline.asterisk.locate import AsteriskNotFound, find_asterisk
from hotline.domain.reasons import because
from hotline.services.alerts import disk_detail
from hotline.services.check import CheckResult, failed, ok, warning
from hotline.settings import Home, Settings
from hotline.settings.private import wider
from hotline.supervisor.ports import WantedPort

#: Files that others may read are counted up to here.
MOST_COUNTED = 1000

#: program -> (the package that has it, what is to be said when it is not there)
PROGRAMS = {"ffmpeg": ("ffmpeg", because("checks.no_ffmpeg")), "espeak-ng": ("espeak-ng", because("checks.no_espeak"))}


def check_programs() -> list[CheckResult]:
    """The programs that ours call."""
    found = []
    for program, (package, why) in PROGRAMS.items():
        path = shutil.which(program)
        if path:
            found.append(ok(program, because("checks.program_there", path=path)))
        else:
            found.append(failed(program, why, because("checks.install", package=package)))
    return found


def check_private(home: Home) -> CheckResult:
    """What the home holds is its owner's alone."""
    wide = list(islice(wider(home.root), MOST_COUNTED))
    if not wide:
        return ok("private", because("checks.home_private"))
    count = str(len(wide)) if len(wide) < MOST_COUNTED else f"{MOST_COUNTED}+"
    return warning(
        "private", because("checks.home_open", count=count, example=str(wide[0])), because("checks.narrow_home")
    )


def check_asterisk(settings: Settings) -> CheckResult:
    """The Asterisk that would be run."""
    if not settings.asterisk.private:
        return ok("asterisk", because("checks.asterisk_of_site", host=str(settings.asterisk.ami_host)))
    try:
        install = find_asterisk(settings)
    except AsteriskNotFound as error:
        return failed("asterisk", error.reason, because("checks.run_setup"))
    return ok(
        "asterisk", because("checks.asterisk", version=".".join(map(str, install.version)), path=str(install.binary))
    )


def check_disk(settings: Settings, home: Home) -> CheckResult:
    """Room for recordings."""
    free = shutil.disk_usage(_existing(home.recordings)).free
    wanted = settings.recording.min_free_megabytes
    lacking = disk_detail(free, wanted)
    if lacking:
        return failed("disk", lacking, because("checks.make_room", folder=str(home.recordings)))
    return ok("disk", because("recordings.disk_space", free=free // 1_000_000, wanted=wanted))


def check_ports(ports: list[WantedPort], running: bool) -> list[CheckResult]:
    """While the hotline runs each port must be in use; before it starts each must be free."""
    found = []
    for port in ports:
        place = f"{port.host}:{port.port} ({'UDP' if port.udp else 'TCP'})"
        taken = port.taken()
        if running and not taken:
            found.append(failed(port.key, because("checks.nothing_listens", place=place), because("checks.see_log")))
        elif not running and taken:
            found.append(_taken(port, place, taken))
        else:
            well = because("checks.listened_on", place=place) if running else because("checks.port_free", place=place)
            found.append(ok(port.key, well))
    return found


def _taken(port: WantedPort, place: str, taken: str) -> CheckResult:
    advice = because("checks.choose_port", key=port.key, variable=port.variable)
    return warning(port.key, because("checks.port_taken", place=place, why=taken), advice)


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that exists."""
    while not folder.exists():
        folder = folder.parent
    return folder
