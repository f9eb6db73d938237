"""Lines as people name them: by id, number or the company's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from hotline.domain.errors import NotFound
from hotline.settings import Settings

#: Where no line can be named, only all can.
NO_LINES: Mapping[str, str] = {}


def line_names(settings: Settings) -> dict[str, str]:
    """Line ids by everything that names one line: its id, its number in any writing, and the company that it is
    answered for, where no other line is."""
    companies = Counter(settings.company_of(line) for line in settings.lines)
    return {
        **{plain_line(name): line for line in settings.lines if companies[name := settings.company_of(line)] == 1},
        **settings.line_numbers,
        **{line: line for line in settings.lines},
    }


def plain_line(written: str) -> str:
    """As `line_names` has it: a number without marks, all else without blanks around it and in small letters."""
    digits = re.sub(r"[\s()+.-]", "", written)
    return digits if digits.isdigit() else written.strip().lower()


def require_line(settings: Settings, line: str) -> None:
    """Raises NotFound for an id of no line; "" is all of them."""
    if line and line not in settings.lines:
        raise NotFound("line.no_line", line=line[:60], lines=tuple(settings.lines))


def line_part(line: str) -> str:
    """What an audit entry begins with that is about one line."""
    return f"line {line}: " if line else ""
