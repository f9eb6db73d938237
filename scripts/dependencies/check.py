"""Whether the locks hold what is asked for, by no network: `python -m scripts.dependencies.check`; see scripts/lock."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator
from configparser import ConfigParser
from itertools import product

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.dependencies.pins import LOCKS, TREE, Pin, read_lock

#: Where every requirement must be met.
MACHINES = tuple(product(("3.11", "3.12", "3.13"), ("x86_64", "aarch64")))
#: What the locks are made from, as they name it.
SETUP = "hotline (setup.cfg)"
BUILD = "-r -"
TOOLS = "-r requirements/tools.in"
VOICE = "-r requirements/voice.in"


def asked_of_setup(*extras: str) -> tuple[Requirement, ...]:
    """What setup.cfg asks for to run, and with these extras."""
    config = ConfigParser(interpolation=None)
    config.read_string((TREE / "setup.cfg").read_text("utf-8"))
    texts = [config["options"]["install_requires"], *(config["options.extras_require"][extra] for extra in extras)]
    return tuple(Requirement(line) for text in texts for line in text.splitlines() if line)


def asked_to_build() -> tuple[Requirement, ...]:
    with (TREE / "pyproject.toml").open("rb") as file:
        return tuple(Requirement(line) for line in tomllib.load(file)["build-system"]["requires"])


def asked_in(name: str) -> tuple[Requirement, ...]:
    """What a file of requirements beside the locks asks for."""
    lines = (LOCKS / name).read_text("utf-8").splitlines()
    return tuple(Requirement(line) for line in lines if not line.startswith("#"))


def disagreements(asked: Iterable[Requirement], pins: Iterable[Pin], source: str) -> Iterator[str]:
    """What a lock lacks of what its source asks for, and what it holds for the source, which asks no longer."""
    asked, pins = tuple(asked), tuple(pins)
    for requirement in asked:
        unmet = [f"{python} {cpu}" for python, cpu in MACHINES if not _met(requirement, pins, python, cpu)]
        if unmet:
            yield f"{requirement} is not met on {', '.join(unmet)}; locked: {_locked(requirement, pins) or 'nothing'}"
    names = {canonicalize_name(requirement.name) for requirement in asked}
    for name in sorted({pin.name for pin in pins if source in pin.via} - names):
        yield f"{name} is locked, and nobody asks for it any more"


def beyond(part: Iterable[Pin], whole: Iterable[Pin]) -> list[str]:
    """Entries of a lock that the whole lock does not hold with the same files."""
    held = {(pin.name, pin.version): pin.hashes for pin in whole}
    return [f"{pin.name} {pin.version}" for pin in part if held.get((pin.name, pin.version)) != pin.hashes]


def _met(requirement: Requirement, pins: tuple[Pin, ...], python: str, cpu: str) -> bool:
    machine = _environment(python, cpu)
    if requirement.marker and not requirement.marker.evaluate(machine):
        return True
    return any(
        pin.name == canonicalize_name(requirement.name)
        and requirement.specifier.contains(pin.version, prereleases=True)
        and requirement.extras <= pin.extras
        and (not pin.marker or Marker(pin.marker).evaluate(machine))
        for pin in pins
    )


def _environment(python: str, cpu: str) -> dict[str, str]:
    return {
        "python_version": python,
        "python_full_version": f"{python}.4",
        "platform_machine": cpu,
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }


def _locked(requirement: Requirement, pins: tuple[Pin, ...]) -> str:
    return ", ".join(pin.version for pin in pins if pin.name == canonicalize_name(requirement.name))


def all_disagreements() -> Iterator[str]:
    """Of all locks, each with the lock's name in front."""
    build, run, tests, tools, voice = map(read_lock, ("build", "run", "tests", "tools", "voice"))
    found = {
        "build": disagreements(asked_to_build(), build, BUILD),
        "run": disagreements(asked_of_setup(), run, SETUP),
        "tests": disagreements(asked_of_setup("test", "bench"), tests, SETUP),
        "tools": disagreements(asked_in("tools.in"), tools, TOOLS),
        "voice": disagreements(asked_in("voice.in"), voice, VOICE),
    }
    for name, told in found.items():
        yield from (f"{name}.txt: {each}" for each in told)
    for name, part in (("build", build), ("run", run)):
        yield from (f"{name}.txt: {each} is not in tests.txt with the same files" for each in beyond(part, tests))


def main() -> None:
    told = list(all_disagreements())
    print("\n".join(told) if told else "the locks hold what setup.cfg, pyproject.toml, tools.in and voice.in ask for")
    sys.exit(1 if told else 0)


if __name__ == "__main__":
    main()
