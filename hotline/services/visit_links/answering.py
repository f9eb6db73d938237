"""The customer answers a visit's questions on the page behind a link, once (E3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import Conflict
from hotline.domain.links.link import Link
from hotline.domain.people import Actor
from hotline.domain.rights.given import OUTSIDE
from hotline.domain.rules.rule import Text
from hotline.domain.visits.questions import Question
from hotline.domain.visits.record import VisitRecord
from hotline.domain.visits.visit import Ending, Satisfaction, Visit, VisitWay
from hotline.services.cases.by_link import ByLink
from hotline.services.links import links
from hotline.services.links.links import require_open, use_link
from hotline.services.visits.asking import end_in_vain, record_answers
from hotline.services.visits.asking import require_open as require_open_visit
from hotline.services.visits.questions import script_of
from hotline.settings import Settings
from hotline.storage.campaigns.store import CampaignStore
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.visits.store import VisitStore

#: What links lead to.
PURPOSE = "visit_answer"


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """What the page of an open link shows; neither name nor number. `ends`: what is said afterwards, by answer."""

    purpose: str
    questions: Sequence[Question]
    ends: Mapping[Satisfaction, Text]
    open: bool


def page(storage: Storage, link: Link) -> AnswerPage:
    """Of an open link. Raises Conflict where its visit is gone."""
    with storage.reading() as tx:
        return _page(tx, link)


def page_of(storage: Storage, by: ByLink, now: datetime) -> AnswerPage:
    """Raises Forbidden when the link does not let this browser in."""
    with storage.reading() as tx:
        return _page(tx, require_open(tx, PURPOSE, by.token, by.browser, now))


def answer(storage: Storage, settings: Settings, by: ByLink, answers: Mapping[str, str], now: datetime) -> None:
    """The answers are the visit's record, and use the link up. Raises Forbidden, WrongAnswers, Conflict when the visit
    was made otherwise meanwhile."""
    with storage.writing() as tx:
        link, visit = _came(tx, by, now)
        way = visit.way if visit.way is not VisitWay.CALL else VisitWay.LINK
        record_answers(tx, settings, visit, VisitRecord(dict(answers), way=way), _actor(link), now)
        use_link(tx, link, now)


def refuse(storage: Storage, settings: Settings, by: ByLink, now: datetime) -> None:
    """They do not want to be asked. Raises as `answer`."""
    with storage.writing() as tx:
        link, visit = _came(tx, by, now)
        end_in_vain(tx, settings, visit, Ending.REFUSED, "", _actor(link), now)
        use_link(tx, link, now)


def _came(tx: Transaction, by: ByLink, now: datetime) -> tuple[Link, Visit]:
    link = require_open(tx, PURPOSE, by.token, by.browser, now)
    visit = _visit(tx, link)
    require_open_visit(visit)
    return link, visit


def _visit(tx: Transaction, link: Link) -> Visit:
    visit = VisitStore(tx).by_id(link.object_id)
    if visit is None:
        raise Conflict("visits.closed")
    return visit


def _page(tx: Transaction, link: Link) -> AnswerPage:
    visit = _visit(tx, link)
    script = script_of(tx, visit)
    return AnswerPage(_purpose(tx, visit), script.questions, script.ends, visit.is_open)


def _purpose(tx: Transaction, visit: Visit) -> str:
    """Of a campaign, what its people are told of why; what a case is about stands on no page that others may read."""
    if visit.origin == "campaign" and visit.subject_id is not None:
        campaign = CampaignStore(tx).by_id(visit.subject_id)
        return campaign.purpose if campaign is not None else ""
    return ""


def _actor(link: Link) -> Actor:
    """What they may do was decided by the link that let them in."""
    name = links.who(link)
    return Actor(name, OUTSIDE, name)
