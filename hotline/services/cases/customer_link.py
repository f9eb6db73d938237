"""The customer follows their case by a link: how it stands, what they were told, and what they write themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.cases import outside
from hotline.domain.cases.by_phone import Heard
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.given import BY_LINK, PROOF, REASON, WAY
from hotline.domain.cases.outside import SaidStep
from hotline.domain.errors import Conflict, Refused
from hotline.domain.links.link import Holder, HolderKind, Link
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.rights.seeing import without_numbers
from hotline.services.attachments.attachments import Attached, Upload, keep_uploads
from hotline.services.cases.acting import act_on
from hotline.services.cases.by_link import CUSTOMER, ByLink, case_object, let_in, written
from hotline.services.cases.facts import CASE, facts_of, read_case, read_theirs, steps_of
from hotline.services.cases.kinds import kind_of
from hotline.services.cases.merging import family, survivor_of
from hotline.services.cases.outsiders import customer_spoke, next_word_due, outsider, tell_owner
from hotline.services.links import links
from hotline.services.links.links import NewLink, require_open, use_link
from hotline.services.record_rights import require
from hotline.services.recordings.files import RecordingFiles
from hotline.settings import Home, Settings
from hotline.storage.attachments.store import AttachmentStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """What the page of an open link shows; neither name nor whole number. `next_word`: until when they hear from us,
    None where that is over. `may_answer`: their word on `solution` is wanted. `files`: how many they sent."""

    number: str
    kind: str
    opened_at: datetime
    heard: Heard
    next_word: datetime | None
    solution: str
    may_answer: bool
    told: Sequence[SaidStep]
    open: bool
    files: int


def make_customer_link(storage: Storage, settings: Settings, case_id: int, actor: Actor, now: datetime) -> NewLink:
    """A new link for the customer; earlier ones let nobody in any more. Raises NotFound, Forbidden, Conflict for a
    closed case, Refused without web.public_url, which becomes an alert."""
    links.require_offered(storage, settings, now)
    with storage.writing() as tx:
        case = survivor_of(tx, read_theirs(tx, case_id, actor))
        require(Act.TELL_CUSTOMER, actor, facts_of(tx, settings, case, actor, now).ties)
        if case.state is CaseState.CLOSED:
            raise Conflict("cases.closed", case=case.number)
        return _made(tx, settings, case, actor.name, now)


def link_of_case(tx: Transaction, settings: Settings, case: ServiceCase, by: str, now: datetime) -> NewLink | None:
    """For what goes out by itself; None for a case that is closed by now, or where no link is offered any more."""
    survivor = survivor_of(tx, case)
    if survivor.state is not CaseState.OPEN or not links.links_offered(settings):
        return None
    return _made(tx, settings, survivor, by, now)


def _made(tx: Transaction, settings: Settings, case: ServiceCase, by: str, now: datetime) -> NewLink:
    object, expires_at = case_object(case.id or 0), now + timedelta(days=settings.case_links.customer_days)
    links.revoke_to(tx, object, by, now, CUSTOMER)
    holder = Holder(HolderKind.CUSTOMER, case.customer_id)
    return links.make_link(tx, settings, CUSTOMER, object, holder, by=by, expires_at=expires_at, now=now, one_use=False)


def page(storage: Storage, settings: Settings, link: Link, language: str, now: datetime) -> CustomerPage:
    """Of an open link. Raises NotFound."""
    with storage.reading() as tx:
        return _page(tx, link, language, now)


def page_of(storage: Storage, settings: Settings, by: ByLink, language: str, now: datetime) -> CustomerPage:
    """Raises Forbidden when the link does not let this browser in, NotFound."""
    with storage.reading() as tx:
        return _page(tx, require_open(tx, CUSTOMER, by.token, by.browser, now), language, now)


def accept(storage: Storage, settings: Settings, by: ByLink, now: datetime) -> None:
    """The solution that was approved is to be carried out. Raises Forbidden, Conflict when nothing is asked of them
    (any more), Refused for too much at once."""
    with storage.writing() as tx:
        link, case = _came(tx, settings, by, now)
        given = {WAY: BY_LINK, PROOF: str(link.id)}
        _answered(tx, settings, case, outside.ACCEPT, given, link, now)


def refuse(storage: Storage, settings: Settings, by: ByLink, reason: str, now: datetime) -> None:
    """They want another solution. Raises as `accept`, Refused without a reason too."""
    with storage.writing() as tx:
        link, case = _came(tx, settings, by, now)
        _answered(tx, settings, case, outside.REFUSE, {REASON: written(reason, "reason")}, link, now)


def say(storage: Storage, settings: Settings, by: ByLink, words: str, now: datetime) -> None:
    """Raises Forbidden, Conflict for a closed case, Refused for no words, too many, or too often."""
    with storage.writing() as tx:
        link, case = _came(tx, settings, by, now)
        customer_spoke(tx, settings, case, written(words, "words"), links.who(link), now)
        use_link(tx, link, now)


def attach(
    storage: Storage,
    files: RecordingFiles,
    home: Home,
    settings: Settings,
    by: ByLink,
    uploads: Sequence[Upload],
    now: datetime,
) -> Attached:
    """Each file for itself. Raises Forbidden, Conflict for a closed case, Refused for none, for too many, or where none
    was taken, StoreUnavailable."""
    if not uploads:
        raise Refused("cases.file_wanted", field="files")
    with storage.writing() as tx:
        link, case = _came(tx, settings, by, now)
    done = keep_uploads(storage, files, home, settings, CASE, case.id or 0, uploads, links.who(link), now)
    if done.kept:
        with storage.writing() as tx:
            customer_spoke(tx, settings, read_case(tx, case.id or 0), "", links.who(link), now)
            use_link(tx, link, now)
    if done.refused:
        raise Refused.of(done.refused[0][1])
    return done


def _came(tx: Transaction, settings: Settings, by: ByLink, now: datetime) -> tuple[Link, ServiceCase]:
    """The link, and the case in which what it leads to goes on."""
    link = let_in(tx, settings, CUSTOMER, by, now)
    case = survivor_of(tx, read_case(tx, link.object_id))
    if case.state is not CaseState.OPEN:
        raise Conflict("cases.closed", case=case.number)
    return link, case


def _answered(
    tx: Transaction, settings: Settings, case: ServiceCase, act: str, given: dict[str, str], link: Link, now: datetime
) -> None:
    if not outside.awaits_consent(case, kind_of(tx, case)):
        raise Conflict("cases.nothing_to_answer")
    act_on(tx, settings, case, act, given, outsider(links.who(link)), now)
    tell_owner(tx, case, now)
    use_link(tx, link, now)


def _page(tx: Transaction, link: Link, language: str, now: datetime) -> CustomerPage:
    case = survivor_of(tx, read_case(tx, link.object_id))
    kind, steps, due_at = kind_of(tx, case), steps_of(tx, case), next_word_due(tx, case)
    related = family(tx, case)
    told = [
        said
        for each in related
        for said in outside.told_customer(kind_of(tx, each), steps_of(tx, each), links.who(link), language)
    ]
    hide = _Hiding(tx, case)
    sent = AttachmentStore(tx).of(CASE, [each.id or 0 for each in related])
    return CustomerPage(
        number=case.number,
        kind=kind.words.said(language),
        opened_at=case.opened_at,
        heard=outside.heard_of(case, kind),
        next_word=due_at if due_at is not None and due_at > now else None,
        solution=hide(outside.chosen_solution(case, kind, steps)),
        may_answer=outside.awaits_consent(case, kind),
        told=[
            SaidStep(each.at, each.act, hide(each.text), each.theirs) for each in sorted(told, key=lambda each: each.at)
        ],
        open=case.state is CaseState.OPEN,
        files=sum(1 for each in sent if each.created_by == links.who(link)),
    )


class _Hiding:
    """Neither their name nor a whole number stands on the page: whoever holds the telephone reads it."""

    def __init__(self, tx: Transaction, case: ServiceCase) -> None:
        customer = CustomerStore(tx).by_id(case.customer_id) if case.customer_id is not None else None
        self._name = customer.name.strip() if customer is not None else ""

    def __call__(self, text: str) -> str:
        shown = text.replace(self._name, "＊" * len(self._name)) if len(self._name) > 1 else text
        return without_numbers(shown)
