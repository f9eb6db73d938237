"""What an audit's answer means, read from its JSON: exit codes are 0 as well where nothing was looked at."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Verdict(IntEnum):
    """How an audit ended; the value is the exit code."""

    CLEAN = 0
    NOT_CLEAN = 1
    #: The service is away, or answers for nothing that it was asked.
    COULD_NOT_ASK = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    verdict: Verdict
    #: What a person is told, a line each.
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an audit printed."""

    output: str
    complaint: str


#: Name and version.
Release = tuple[str, str]


def judge_python(answers: Iterable[Answer], asked: frozenset[Release]) -> Judgement:
    """Of pip-audit, which was asked after these releases in one or several runs."""
    entries: list[dict[str, Any]] = []
    for answer in answers:
        read = _read(answer.output)
        if not isinstance(read.get("dependencies"), list):
            return _could_not_ask(answer.complaint)
        entries += read["dependencies"]
    audited = {(each["name"], each["version"]): each["vulns"] for each in entries if "vulns" in each}
    known = [_python_line(release, each) for release, found in audited.items() for each in found]
    missing = asked - audited.keys()
    if missing == asked:
        reason = next((each["skip_reason"] for each in entries if "skip_reason" in each), "no answer")
        return _could_not_ask(f"of {len(asked)} packages none was audited ({reason})")
    return _judged([*known, *(f"{name} {version} was not audited" for name, version in sorted(missing))], len(asked))


def judge_npm(answer: Answer, asked: int) -> Judgement:
    """Of npm audit, for so many packages in the lock file."""
    read = _read(answer.output)
    found, counted = read.get("vulnerabilities"), read.get("metadata", {}).get("dependencies", {}).get("total")
    if not isinstance(found, dict) or not isinstance(counted, int):
        return _could_not_ask(read.get("message") or answer.complaint)
    known = [line for name, each in found.items() for line in _npm_lines(name, each)]
    unseen = [f"{asked - counted} of {asked} packages were not audited"] if counted < asked else []
    return _judged([*known, *unseen], asked)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """A known weakness weighs more than a question that nobody answered."""
    told = set(verdicts)
    return next((each for each in (Verdict.NOT_CLEAN, Verdict.COULD_NOT_ASK) if each in told), Verdict.CLEAN)


def _judged(wrong: list[str], asked: int) -> Judgement:
    if wrong:
        return Judgement(Verdict.NOT_CLEAN, tuple(wrong))
    return Judgement(Verdict.CLEAN, (f"nothing is known against any of {asked} packages",))


def _could_not_ask(complaint: str) -> Judgement:
    """With the complaint's last line, which holds the reason where the rest is a traceback."""
    reason = (complaint.strip().splitlines() or ["no answer"])[-1]
    return Judgement(Verdict.COULD_NOT_ASK, (f"could not ask: {reason}",))


def _read(output: str) -> dict[str, Any]:
    try:
        read = json.loads(output)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _python_line(release: Release, found: dict[str, Any]) -> str:
    names = ", ".join([found["id"], *found.get("aliases", [])])
    mended = ", ".join(found.get("fix_versions", [])) or "no release"
    return f"{release[0]} {release[1]}: {names}; mended in {mended}"


def _npm_lines(name: str, found: dict[str, Any]) -> list[str]:
    """A line for each advisory. Where a package is only touched by another's, `via` holds that one's name."""
    lines = [f"{each['title']} ({each['url']})" if isinstance(each, dict) else f"by {each}" for each in found["via"]]
    return [f"{name} {found['range']}, {found['severity']}: {line}" for line in lines]
