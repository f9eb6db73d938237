"""Ask what is known against the locked packages; `python -m scripts.dependencies.audit`, see scripts/audit."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from scripts.dependencies.judgement import Answer, Judgement, Release, judge_npm, judge_python, worst
from scripts.dependencies.pins import TREE, read_lock


def rounds_of(releases: Iterable[Release]) -> list[list[Release]]:
    """pip-audit takes one version of a package at a time, and a lock may hold several."""
    rounds: list[dict[str, str]] = []
    for name, version in sorted(releases):
        free = next((each for each in rounds if name not in each), None)
        if free is None:
            rounds.append(free := {})
        free[name] = version
    return [list(each.items()) for each in rounds]


def locked() -> frozenset[Release]:
    """All releases, whatever machine they are for."""
    return frozenset((pin.name, pin.version) for lock in ("tests", "tools", "voice") for pin in read_lock(lock))


def python_packages() -> Judgement:
    asked = locked()
    return judge_python([_pip_audit(each) for each in rounds_of(asked)], asked)


def browser_packages() -> Judgement:
    packages = json.loads((TREE / "package-lock.json").read_text("utf-8"))["packages"]
    return judge_npm(_answer("npm", "audit", "--json", "--package-lock-only"), len(packages.keys() - {""}))


def _pip_audit(releases: Iterable[Release]) -> Answer:
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "requirements.txt")
        plain.write_text("".join(f"{name}=={version}\n" for name, version in releases), "utf-8")
        options = ("--no-deps", "--disable-pip", "--format", "json", "--desc", "off", "--progress-spinner", "off")
        return _answer(sys.executable, "-m", "pip_audit", "--requirement", str(plain), *options)


def _answer(*command: str) -> Answer:
    done = subprocess.run(command, cwd=TREE, stdin=subprocess.DEVNULL, check=False, capture_output=True, text=True)
    return Answer(done.stdout, done.stderr)


def main() -> None:
    judged = {"Python": python_packages(), "Browser": browser_packages()}
    for name, judgement in judged.items():
        print("\n".join(f"{name}: {line}" for line in judgement.lines))
    sys.exit(worst(judgement.verdict for judgement in judged.values()))


if __name__ == "__main__":
    main()
