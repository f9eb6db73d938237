"""A lock file's entries. Needs nothing but Python: the set-up reads them before anything is installed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
LOCKS = TREE / "requirements"

_ENTRY = re.compile(
    r"^(?P<name>[\w.-]+)(?:\[(?P<extras>[\w.,-]+)\])?==(?P<version>[^\s;]+)(?: ; (?P<marker>.+?))?(?: \\)?$"
)
_HASH = re.compile(r"^ {4}--hash=(?P<hash>sha256:[0-9a-f]{64})(?: \\)?$")
#: Who asked for the entry: alone behind "via", or a line each.
_VIA = re.compile(r"^ {4}#(?: via|  ) (?P<via>\S.*)$")
_NO_ENTRY = re.compile(r"^(?:#.*| {4}# via)?$")


@dataclass(frozen=True, slots=True)
class Pin:
    """One release of a package. `marker` says on which machines it is meant, empty: on all."""

    name: str
    version: str
    extras: frozenset[str]
    marker: str
    hashes: frozenset[str]
    via: frozenset[str]


def read_lock(name: str) -> tuple[Pin, ...]:
    """The entries of requirements/<name>.txt. Raises ValueError on a line that a lock does not have."""
    return pins_of((LOCKS / f"{name}.txt").read_text("utf-8"))


def pins_of(text: str) -> tuple[Pin, ...]:
    """The entries of a lock. Raises ValueError on a line that a lock does not have."""
    blocks: list[list[str]] = []
    for line in text.splitlines():
        if _ENTRY.match(line):
            blocks.append([line])
        elif blocks and (_HASH.match(line) or _VIA.match(line)):
            blocks[-1].append(line)
        elif not _NO_ENTRY.match(line):
            raise ValueError(f"not a line of a lock: {line!r}")
    return tuple(_pin(block) for block in blocks)


def normal(name: str) -> str:
    """A package's name in its one spelling."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _pin(block: list[str]) -> Pin:
    entry = _ENTRY.match(block[0])
    assert entry is not None
    return Pin(
        normal(entry["name"]),
        entry["version"],
        frozenset((entry["extras"] or "").split(",")) - {""},
        entry["marker"] or "",
        frozenset(found["hash"] for found in map(_HASH.match, block[1:]) if found),
        frozenset(found["via"] for found in map(_VIA.match, block[1:]) if found),
    )
