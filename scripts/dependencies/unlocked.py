"""Print what is installed in this environment although no lock names it, a name a line."""

from __future__ import annotations

from importlib.metadata import distributions

from scripts.dependencies.pins import normal, read_lock

#: The hotline itself, and what brought the rest in.
_OURS = {"hotline", "pip"}


def unlocked(installed: set[str], locked: set[str]) -> list[str]:
    """Names of what is to go, of normal spelling, in order."""
    return sorted(installed - locked - _OURS)


def main() -> None:
    installed = {normal(found.metadata["Name"]) for found in distributions()}
    for name in unlocked(installed, {pin.name for pin in read_lock("tests")}):
        print(name)


if __name__ == "__main__":
    main()
