"""What people hand in against each other: words, and the ids of what shows it. Pure."""

from __future__ import annotations

import re

from hotline.domain.errors import Refused
from hotline.domain.ids import PATTERN, parse_id
from hotline.domain.text import several_lines

MAX_WORDS = 4000
MOST_IDS = 50

#: What is evidence: each has a page, or belongs to one.
KINDS = ("call", "record", "callback", "case", "visit", "examination", "missed_start", "verdict")

_ID = re.compile(rf"({'|'.join(KINDS)}):({PATTERN})")


def words_given(words: str, missing: Refused) -> str:
    """Words that must be there. Raises `missing` for none, Refused for too many."""
    found = several_lines(words)
    if not found:
        raise missing
    if len(found) > MAX_WORDS:
        raise Refused("appraisal.too_long", field=missing.field, most=MAX_WORDS)
    return found


def evidence_given(text: str, field: str = "evidence") -> tuple[str, ...]:
    """Ids as call:12 case:7, divided by blanks, commas or lines; each once. Raises Refused for none, and for what is no
    id."""
    found = tuple(dict.fromkeys(each for each in re.split(r"[\s,，;；]+", text) if each))
    if not found:
        raise Refused("appraisal.no_evidence", field=field, kinds=", ".join(KINDS))
    for each in found:
        matched = _ID.fullmatch(each)
        if matched is None or parse_id(matched[2]) is None:
            raise Refused("appraisal.wrong_evidence", field=field, got=each[:64], kinds=", ".join(KINDS))
    if len(found) > MOST_IDS:
        raise Refused("appraisal.too_much_evidence", field=field, most=MOST_IDS)
    return found
