"""Checks of the machine: programs, disk, ports."""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path

from hotline.asterisk.locate import AsteriskNotFound, find_asterisk
from hotline.services.alerts import disk_detail
from hotline.services.check import CheckResult, failed, ok, warning
from hotline.settings import Home, Settings
from hotline.settings.private import wider
from hotline.supervisor.ports import WantedPort

#: program -> (the package that has it, what it is needed for)
PROGRAMS = {
    "ffmpeg": ("ffmpeg", "recordings and uploaded prompts are converted by it"),
    "espeak-ng": ("espeak-ng", "prompts without a recording are spoken by it"),
}


def check_programs() -> list[CheckResult]:
    """The programs that ours call."""
    found = []
    for program, (package, why) in PROGRAMS.items():
        path = shutil.which(program)
        if path:
            found.append(ok(program, path))
        else:
            found.append(failed(program, f"not installed; {why}", f"scripts/setup, or apt-get install {package}"))
    return found


def check_private(home: Home) -> CheckResult:
    """What the home holds is its owner's alone."""
    wide = list(islice(wider(home.root), 1000))
    if not wide:
        return ok("private", "nobody else can read the home")
    many = f"{len(wide)} files and folders" if len(wide) < 1000 else "1000 files and folders or more"
    return warning(
        "private",
        f"others on this machine may read {many} of the home, such as {wide[0]}",
        "`hotline db upgrade` narrows them; chmod -R go-rwx does so at once",
    )


def check_asterisk(settings: Settings) -> CheckResult:
    """The Asterisk that would be run."""
    if not settings.asterisk.private:
        return ok("asterisk", f"the site's own, by AMI at {settings.asterisk.ami_host} (asterisk.private = false)")
    try:
        install = find_asterisk(settings)
    except AsteriskNotFound as error:
        return failed("asterisk", error.reason, "scripts/setup")
    return ok("asterisk", f"{'.'.join(map(str, install.version))}, {install.binary}")


def check_disk(settings: Settings, home: Home) -> CheckResult:
    """Room for recordings."""
    free = shutil.disk_usage(_existing(home.recordings)).free
    wanted = settings.recording.min_free_megabytes
    lacking = disk_detail(free, wanted)
    if lacking:
        return failed("disk", lacking, f"make room where {home.recordings} lies (recording.min_free_megabytes)")
    return ok("disk", f"{free // 1_000_000} MB free for recordings, {wanted} MB wanted")


def check_ports(ports: list[WantedPort], running: bool) -> list[CheckResult]:
    """While the hotline runs each port must be in use; before it starts each must be free."""
    found = []
    for port in ports:
        place = f"{port.host}:{port.port} ({'UDP' if port.udp else 'TCP'})"
        taken = port.taken()
        if running and not taken:
            found.append(failed(port.key, f"nothing listens on {place}", "log/ in HOTLINE_HOME says why"))
        elif not running and taken:
            found.append(warning(port.key, f"{place}: {taken}", f"set {port.key} or {port.variable} to a free one"))
        else:
            found.append(ok(port.key, f"{place} {'is listened on' if running else 'is free'}"))
    return found


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that exists."""
    while not folder.exists():
        folder = folder.parent
    return folder
