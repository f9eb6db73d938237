"""HOTLINE_HOME/secrets.toml: read as it is now, changed by one process at a time, readable by its owner alone."""

from __future__ import annotations

import fcntl
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

_HEAD = "# Generated; delete a line to have a new one made at the next start.\n"
_PHONES = "\n# Passwords of phones that were given one of their own.\n[phones]\n"


@dataclass(frozen=True, slots=True)
class StoredSecrets:
    """`named`: by name. `phones`: by extension, of phones that were given a password of their own."""

    named: Mapping[str, str]
    phones: Mapping[str, str]


class SecretsFile:
    """Threads and processes may share it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[tuple[int, int, int] | None, StoredSecrets] = (None, StoredSecrets({}, {}))

    def __repr__(self) -> str:
        return f"SecretsFile({str(self._path)!r})"

    def read(self) -> StoredSecrets:
        """What stands in the file; nothing where there is none. It is read again only after a change."""
        seen, stored = self._read
        stamp = self._stamp()
        if stamp != seen:
            stored = self._parsed()
            self._read = (stamp, stored)
        return stored

    def change(self, changed: Callable[[StoredSecrets], StoredSecrets]) -> StoredSecrets:
        """What stands there now, changed and written as a whole; whoever comes at the same time waits."""
        with self._locked():
            before = self._parsed()
            after = changed(before)
            if after != before:
                self._write(after)
        return after

    def give_phones(self, passwords: Mapping[str, str]) -> None:
        """From now on these are the passwords of these extensions' phones."""
        self.change(lambda stored: replace(stored, phones={**stored.phones, **passwords}))

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _parsed(self) -> StoredSecrets:
        if not self._path.exists():
            return StoredSecrets({}, {})
        told = tomllib.loads(self._path.read_text("utf-8"))
        phones = told.pop("phones", {})
        return StoredSecrets(told, phones)

    def _write(self, stored: StoredSecrets) -> None:
        text = _HEAD + "".join(f'{name} = "{value}"\n' for name, value in stored.named.items())
        if stored.phones:
            text += _PHONES + "".join(f'{name} = "{value}"\n' for name, value in sorted(stored.phones.items()))
        draft = self._path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(text, "utf-8")
        os.replace(draft, self._path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        file = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        finally:
            os.close(file)
