"""Lines of logs that are about one call, in the order of time, with numbers masked (A14)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

#: How a line begins that tells its moment: ours, and Asterisk's.
_MOMENT = re.compile(r"\[?(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,6})?)")
_WRITTEN_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)")
#: What may be somebody's number, whatever stands between its digits.
_NUMBER = re.compile(r"(?<![\w.:-])\+?\d(?:[ -]?\d){6,19}(?![\w.:-])")
#: In addresses of SIP and in names of channels a number stands beside other signs.
_SIP_USER = re.compile(r"(?i)((?:sips?|tel):\+?)(\d{3})\d+(\d{2})")
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class LogLine:
    """`moment`: as the line writes it, "" for one that tells none. `process`: whose log it stands in."""

    moment: str
    process: str
    text: str


def of_call(lines: Iterable[str], process: str, ids: Collection[str]) -> Iterator[LogLine]:
    """Those that name one of the call's ids; a line without a moment has that of the one before it."""
    pattern = re.compile("|".join(rf"(?<![\d.]){re.escape(each)}(?![\d.]\d|\d)" for each in sorted(ids)))
    moment = ""
    for line in lines:
        found = _MOMENT.match(line)
        if found:
            moment = found[1].replace("T", " ").replace(",", ".")
        if pattern.search(line):
            yield LogLine(moment, process, masked(line.rstrip("\r\n")[:_LONGEST], ids))


def in_order(lines: Iterable[LogLine]) -> list[LogLine]:
    return sorted(lines, key=lambda line: line.moment)


def masked(text: str, ids: Collection[str]) -> str:
    """Without what could be a number of somebody; the call's ids and the moment stay. Signs that steer a screen go."""
    text = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    parts = _WRITTEN_MOMENT.split(text)  # every second one is a moment
    return "".join(part if place % 2 else _without_numbers(part, ids) for place, part in enumerate(parts))


def _without_numbers(text: str, ids: Collection[str]) -> str:
    text = _SIP_USER.sub(r"\1\2****\3", text)
    return _NUMBER.sub(lambda found: found[0] if found[0] in ids else _hidden(found[0]), text)


def _hidden(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return f"{digits[:3]}****{digits[-2:]}"
