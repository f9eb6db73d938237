"""The files of this instance's Asterisk that change while it runs."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

from hotline.asterisk import render
from hotline.services.pbx import PbxPart
from hotline.settings import Home, Settings
from hotline.settings.secrets import Secrets

#: In pjsip.conf.
_LOGIN = re.compile(r"^\[(trunk|callback_trunk)\]\ntype = auth\n((?:[^\[\n].*\n)*)", re.MULTILINE)


class AsteriskFiles:
    """Fulfils hotline.services.pbx_files.PbxFiles."""

    def __init__(self, home: Home, secrets: Secrets) -> None:
        self._home, self._secrets = home, secrets
        self._folder = home.asterisk / "etc"
        self._note = home.asterisk / "unread"

    @property
    def folder(self) -> str:
        return str(self._folder)

    @contextmanager
    def locked(self) -> Iterator[None]:
        with locked(self._home):
            yield

    def other_logins(self, settings: Settings) -> list[str]:
        file = self._folder / "pjsip.conf"
        before = _logins(file.read_text("utf-8")) if file.exists() else {}
        after = _logins(render.render_live(settings, self._home, self._secrets)["pjsip.conf"])
        return [name for name, login in after.items() if before.get(name, login) != login]

    def write(self, settings: Settings) -> frozenset[PbxPart]:
        """Asterisk may be killed, or we may be, between two files: what is unread is noted first."""
        live = render.render_live(settings, self._home, self._secrets)
        wanted = {part for name, part in render.LIVE_FILES.items() if render.differs(live[name], self._folder / name)}
        unread = self.unread() | wanted
        self._note.write_text("\n".join(sorted(unread)), "ascii")
        render.write(live, self._folder)
        return unread

    def unread(self) -> frozenset[PbxPart]:
        return frozenset(map(PbxPart, self._note.read_text("ascii").split())) if self._note.exists() else frozenset()

    def taken(self) -> None:
        self._note.unlink(missing_ok=True)


def _logins(text: str) -> dict[str, str]:
    """By carrier, what we register by."""
    return dict(_LOGIN.findall(text))


@contextmanager
def locked(home: Home) -> Iterator[None]:
    """Nobody else writes Asterisk's files meanwhile."""
    file = os.open(home.asterisk / "files.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
