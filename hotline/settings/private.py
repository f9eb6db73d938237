"""The home's files are their owner's alone: folders 0700, files 0600 (what can be run keeps that, for its owner)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

#: What others than the owner may do.
_OTHERS = 0o077


def be_private() -> None:
    """Whatever this process and those that it starts make from now on is readable by their user alone."""
    os.umask(_OTHERS)


def wider(root: Path) -> Iterator[Path]:
    """What stands below `root`, and `root` itself, that others may read, write or enter; links are not followed."""
    for folder, names, files in os.walk(root, topdown=False):
        for path in (Path(folder, name) for name in (*files, *names)):
            with suppress(FileNotFoundError):  # sockets and drafts come and go
                if not path.is_symlink() and path.stat().st_mode & _OTHERS:
                    yield path
    if root.exists() and root.stat().st_mode & _OTHERS:
        yield root


def narrow(root: Path) -> int:
    """Take from others what they may; how many files and folders there were. What is another user's stays."""
    count = 0
    for path in wider(root):
        with suppress(FileNotFoundError, PermissionError):
            path.chmod(path.stat().st_mode & ~_OTHERS & 0o7777)
            count += 1
    return count
