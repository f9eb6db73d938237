"""Which Asterisk runs here: the one that the settings name, a suitable installed one, or the private one.

`python -m hotline.asterisk.locate` prints the program that would be taken (scripts/setup asks), or fails.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hotline.domain.errors import PbxError
from hotline.settings import Settings
from hotline.settings.home import TREE

#: The first version whose CEL, PJSIP and queues do what the dialplan asks for.
OLDEST = (18,)

#: What the call needs and a trimmed-down installation may lack.
NEEDED_MODULES = (
    "app_celgenuserevent.so",
    "app_mixmonitor.so",
    "app_queue.so",
    "app_record.so",
    "cel_manager.so",
    "cel_sqlite3_custom.so",
    "chan_pjsip.so",
    "res_agi.so",
    "res_pjsip_outbound_registration.so",
    "res_pjsip_transport_websocket.so",
)

LAUNCHER = TREE / "scripts" / "asterisk"
PRIVATE_TREE = TREE / ".asterisk" / "tree"


class AsteriskNotFound(PbxError):
    """No Asterisk that would do; the message says what to do."""

    kind = "asterisk_not_found"


@dataclass(frozen=True, slots=True)
class AsteriskInstall:
    """`binary` is what is run; `data_dir` holds documentation/ and rest-api/, which Asterisk reads."""

    binary: Path
    modules_dir: Path
    version: tuple[int, ...]
    data_dir: Path


def find_asterisk(settings: Settings | None = None) -> AsteriskInstall:
    """The Asterisk to run: `asterisk.binary` of the settings, else an installed one, else the private one.

    Raises AsteriskNotFound.
    """
    if settings is not None and settings.asterisk.binary:
        return _named(Path(settings.asterisk.binary).expanduser())
    refused = []
    for binary in _installed_binaries():
        try:
            return _suitable(binary, *_installed_folders(binary))
        except AsteriskNotFound as error:
            refused.append(error.reason)
    if PRIVATE_TREE.is_dir():
        return private_asterisk()
    raise AsteriskNotFound("asterisk.none_fits", tried=tuple(refused)) if refused else AsteriskNotFound("asterisk.none")


def private_asterisk(tree: Path = PRIVATE_TREE, launcher: Path = LAUNCHER) -> AsteriskInstall:
    """The one that scripts/fetch-asterisk unpacked. Raises AsteriskNotFound if it is not (wholly) there."""
    modules = _first_folder(tree.glob("usr/lib/*-linux-gnu/asterisk/modules"))
    data = tree / "usr" / "share" / "asterisk"
    if modules is None or not data.is_dir():
        raise AsteriskNotFound("asterisk.not_fetched", folder=str(tree))
    return _suitable(launcher, modules, data)


def read_version(text: str) -> tuple[int, ...]:
    """What `asterisk -V` says, as numbers: "22.10.1+dfsg…" is (22, 10, 1), "certified/18.9-cert4" is (18, 9).

    Raises ValueError when no version stands there.
    """
    found = re.search(r"Asterisk (?:certified[/-])?(\d+(?:\.\d+)*)", text)
    if not found:
        raise ValueError(f"no version in {text!r}")
    return tuple(int(part) for part in found[1].split("."))


def _named(binary: Path) -> AsteriskInstall:
    if binary.resolve() == LAUNCHER:
        return private_asterisk()
    if not binary.is_file():
        raise AsteriskNotFound("asterisk.no_binary", file=str(binary))
    return _suitable(binary, *_installed_folders(binary))


def _installed_binaries() -> list[Path]:
    found = [shutil.which("asterisk"), "/usr/sbin/asterisk"]
    paths = dict.fromkeys(Path(name) for name in found if name)
    return [path for path in paths if path.is_file() and path != LAUNCHER]


def _installed_folders(binary: Path) -> tuple[Path | None, Path | None]:
    """The module and data folders of an installation, by its prefix (/usr for /usr/sbin/asterisk)."""
    prefix = binary.resolve().parent.parent
    modules = (*prefix.glob("lib/*-linux-gnu/asterisk/modules"), prefix / "lib/asterisk/modules")
    data = (prefix / "share/asterisk", Path("/var/lib/asterisk"))
    return _first_folder(modules), _first_folder(path for path in data if (path / "documentation").is_dir())


def _first_folder(folders: Iterable[Path]) -> Path | None:
    return next((folder for folder in folders if folder.is_dir()), None)


def _suitable(binary: Path, modules: Path | None, data: Path | None) -> AsteriskInstall:
    version = _version_of(binary)
    if version < OLDEST:
        shown = ".".join(map(str, version))
        raise AsteriskNotFound("asterisk.too_old", file=str(binary), version=shown, oldest=OLDEST[0])
    if modules is None or data is None:
        raise AsteriskNotFound("asterisk.no_folders", file=str(binary))
    missing = [name for name in NEEDED_MODULES if not (modules / name).exists()]
    if missing:
        raise AsteriskNotFound("asterisk.lacks_modules", file=str(binary), modules=tuple(missing), folder=str(modules))
    return AsteriskInstall(binary, modules, version, data)


def _version_of(binary: Path) -> tuple[int, ...]:
    try:
        said = subprocess.run([binary, "-V"], capture_output=True, text=True, timeout=20, check=True).stdout
        return read_version(said)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise AsteriskNotFound("asterisk.does_not_run", file=str(binary), why=str(error)) from None


if __name__ == "__main__":
    try:
        print(find_asterisk().binary)
    except AsteriskNotFound as error:
        sys.exit(str(error))
