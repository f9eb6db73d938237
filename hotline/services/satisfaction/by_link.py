"""The page that the link in a text message leads to: one answer, and words if they like, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import NotFound, Refused
from hotline.domain.links.link import Link
from hotline.domain.satisfaction.rating import BEST, MOST_COMMENT, WORST, Rating
from hotline.domain.text import clean
from hotline.services.links.links import require_open, use_link
from hotline.services.satisfaction.answering import write_answer
from hotline.services.satisfaction.by_sms import PURPOSE
from hotline.settings import Settings
from hotline.storage.satisfaction.store import RatingStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class RatingPage:
    """Neither number nor name: `asked_at` is when they were asked, `company` whom they called."""

    asked_at: datetime
    company: str


def rating_page(storage: Storage, settings: Settings, link: Link) -> RatingPage:
    """Raises NotFound."""
    with storage.reading() as tx:
        return _page(_read(tx, link), settings)


def page_again(storage: Storage, settings: Settings, token: str, browser: str, now: datetime) -> RatingPage:
    """Of a link that this browser has opened. Raises Forbidden, NotFound."""
    with storage.reading() as tx:
        return _page(_read(tx, require_open(tx, PURPOSE, token, browser, now)), settings)


def answer_by_link(
    storage: Storage, settings: Settings, token: str, browser: str, answer: int, comment: str, now: datetime
) -> None:
    """Raises Forbidden when the link lets nobody in (any more), Refused without an answer or with too many words,
    NotFound."""
    words = clean(comment, several_lines=True).strip()
    if not WORST <= answer <= BEST:
        raise Refused("satisfaction.answer_wanted", field="answer")
    if len(words) > MOST_COMMENT:
        raise Refused("satisfaction.comment_too_long", field="comment", most=MOST_COMMENT)
    with storage.writing() as tx:
        link = require_open(tx, PURPOSE, token, browser, now)
        use_link(tx, link, now)
        write_answer(tx, settings, _read(tx, link), answer, now, now, words)


def _read(tx: Transaction, link: Link) -> Rating:
    found = RatingStore(tx).by_id(link.object_id)
    if found is None:
        raise NotFound("satisfaction.no_rating")
    return found


def _page(rating: Rating, settings: Settings) -> RatingPage:
    company = settings.company_of(rating.line) if rating.line in settings.lines else settings.site.company
    return RatingPage(rating.offered_at, company)
