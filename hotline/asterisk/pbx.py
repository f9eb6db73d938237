"""The private Asterisk: its folders, its configuration, its process."""

from __future__ import annotations

import os
from pathlib import Path

from hotline.asterisk import cel_database, files, render
from hotline.asterisk.locate import AsteriskInstall
from hotline.settings import Home, Settings
from hotline.settings.secrets import Secrets

FOLDERS = ("etc", "varlib", "db", "keys/keys", "data/moh", "data/moh-hold", "agi-bin", "spool", "run", "log", "cache")

#: What Asterisk reads from its own installation; linked, not copied.
LINKED_DATA = ("documentation", "rest-api")


def prepare(settings: Settings, home: Home, secrets: Secrets, install: AsteriskInstall) -> Path:
    """Make everything the private Asterisk needs before it starts; gives its asterisk.conf. Safe to repeat."""
    for folder in FOLDERS:
        (home.asterisk / folder).mkdir(parents=True, exist_ok=True)
    for name in LINKED_DATA:
        link, target = home.asterisk / "data" / name, install.data_dir / name
        if target.exists() and not link.exists():
            link.unlink(missing_ok=True)
            link.symlink_to(target)
    cel_database.prepare(home.cel_database)
    if not render.names_cel_files(install):
        _link(home.asterisk / "log" / "master.db", home.cel_database)
    with files.locked(home):
        render.write(render.render(settings, home, secrets, install), home.asterisk / "etc")
    return home.asterisk / "etc" / "asterisk.conf"


def command(install: AsteriskInstall, config: Path) -> list[str]:
    """The command that runs it in the foreground."""
    return [str(install.binary), "-f", "-C", str(config)]


def run(settings: Settings, home: Home, secrets: Secrets, install: AsteriskInstall) -> None:
    """Become the private Asterisk: does not come back. SIGTERM ends it in under two seconds."""
    argv = command(install, prepare(settings, home, secrets, install))
    os.execv(argv[0], argv)


def _link(link: Path, target: Path) -> None:
    if not link.is_symlink():
        link.symlink_to(target)
