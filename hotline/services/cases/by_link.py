"""What those outside do by a link to a case: who comes by it, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.accounts.attempts import Limit
from hotline.domain.errors import Refused
from hotline.domain.links.link import Link
from hotline.domain.text import clean
from hotline.services.links.links import require_open
from hotline.settings import Settings
from hotline.storage.accounts.attempts import AttemptStore
from hotline.storage.transaction import Transaction

#: What links lead to.
CUSTOMER, DEPARTMENT, WORD = "case_customer", "case_department", "case_word"

#: Characters of what is written by a link.
MOST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class ByLink:
    """The link's token, and what its browser was given."""

    token: str
    browser: str


def case_object(case_id: int) -> str:
    """What links to this case lead to."""
    return f"case:{case_id}"


def let_in(tx: Transaction, settings: Settings, purpose: str, by: ByLink, now: datetime) -> Link:
    """The link that lets in, for something that is written by it, which is counted. Raises Forbidden, Refused for
    too much within an hour."""
    link = require_open(tx, purpose, by.token, by.browser, now)
    limit = Limit("case_link.words", settings.case_links.words_an_hour, 3600)
    if AttemptStore(tx).add(limit.kind, f"link {link.id}", limit.window(now), 1) > limit.most:
        raise Refused("cases.enough_for_now", minutes=limit.left(now) // 60 + 1)
    return link


def written(words: str, field: str, most: int = MOST_WORDS) -> str:
    """Several lines of somebody's own words. Raises Refused for none, and for too many."""
    text = clean(words, several_lines=True).strip()
    if not text:
        raise Refused("cases.words_wanted", field=field)
    if len(text) > most:
        raise Refused("cases.too_many_words", field=field, most=most)
    return text
