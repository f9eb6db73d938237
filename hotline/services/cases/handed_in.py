"""Any employee hands in a customer's word (001-3): it becomes a case with somebody who is responsible for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from hotline.domain.cases.case import CaseState, Channel, ServiceCase
from hotline.domain.errors import Refused
from hotline.domain.links.link import Holder, HolderKind
from hotline.domain.numbers import NO_NUMBER, Number, normalise
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may, roles_for
from hotline.domain.rights.given import ESCALATED_TO
from hotline.domain.text import one_line
from hotline.services.access import require_right
from hotline.services.cases.by_link import WORD, ByLink, let_in, written
from hotline.services.cases.kinds import kinds_in_force
from hotline.services.cases.opening import NewCase, add_case
from hotline.services.cases.whose_it_is import usernames
from hotline.services.links import links
from hotline.services.links.links import NewLink, use_link
from hotline.services.notifications.audiences import persons_of
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Storage, Transaction

#: What standing forms lead to.
FORM = "customer_word"

#: Kinds that an employee hands in, as far as the site has them; the first is chosen beforehand.
_OFFERED = ("complaint", "suggestion", "enquiry", "repair", "fault", "dealership", "harm", "request")

_MOST_TITLE, _MOST_NAME = 100, 40
_MOST_COUNTED = 10_000


def kinds(storage: Storage, language: str, now: datetime) -> Sequence[tuple[str, str]]:
    """Code and words of what may be handed in: kinds that need nothing more than words to be opened."""
    with storage.reading() as tx:
        known = kinds_in_force(tx, now)
    offered = [known[code] for code in _OFFERED if code in known]
    return [(each.code, each.words.said(language)) for each in offered if not each.required_with("open")]


def hand_in(storage: Storage, settings: Settings, words: Mapping[str, str], actor: Actor, now: datetime) -> ServiceCase:
    """By somebody signed in. Who works on cases is responsible for it (B7), else one of those who supervise. Raises
    Forbidden, Refused, WrongFields."""
    require_right(Act.ADD_CASE, actor)
    with storage.writing() as tx:
        works = may(Act.WORK_ON_CASE, actor.roles, {Tie.OWNS}) and actor.user_id is not None
        return _added(tx, settings, words, actor.name, actor.name if works else "", now)


def hand_in_by_link(
    storage: Storage, settings: Settings, by: ByLink, words: Mapping[str, str], now: datetime
) -> ServiceCase:
    """By the standing form; whoever writes says who they are. Raises Forbidden, Refused, WrongFields."""
    with storage.writing() as tx:
        link = let_in(tx, settings, WORD, by, now)
        name = one_line(words.get("by", ""))[:_MOST_NAME]
        if not name:
            raise Refused("cases.words_wanted", field="by")
        case = _added(tx, settings, words, f"{WORD}:{name}", "", now)
        use_link(tx, link, now)
        return case


def make_form_link(storage: Storage, settings: Settings, actor: Actor, now: datetime) -> NewLink:
    """The standing form, for all employees, on the notice board or in the group: it lets in every browser until it
    ends; the one before lets nobody in any more. Raises Forbidden, Refused without web.public_url, which becomes an
    alert."""
    require_right(Act.MAKE_WORD_FORM, actor)
    links.require_offered(storage, settings, now)
    with storage.writing() as tx:
        links.revoke_to(tx, FORM, actor.name, now)
        return links.make_link(
            tx,
            settings,
            WORD,
            FORM,
            Holder(HolderKind.OTHER),
            by=actor.name,
            expires_at=now + timedelta(days=settings.case_links.form_days),
            now=now,
            one_use=False,
            one_browser=False,
        )


def _added(
    tx: Transaction, settings: Settings, words: Mapping[str, str], by: str, owner: str, now: datetime
) -> ServiceCase:
    new = NewCase(
        kind=words.get("kind", ""),
        title=one_line(written(words.get("title", ""), "title", _MOST_TITLE)),
        content=written(words.get("content", ""), "content"),
        number=_number(words.get("number", "")),
        subject=one_line(words.get("subject", ""))[:_MOST_NAME],
        channel=Channel.EMPLOYEE,
    )
    return add_case(tx, settings, new, by, owner or _supervisor(tx, settings, now), now)


def _number(text: str) -> Number:
    if not text.strip():
        return NO_NUMBER
    number = normalise(text)
    if not number:
        raise Refused("cases.not_a_number", field="number")
    return number


def _supervisor(tx: Transaction, settings: Settings, now: datetime) -> str:
    """Of those who are told of what goes up, whoever has the fewest open cases: a user name, "" where there is
    nobody."""
    named = usernames(tx, persons_of(tx, settings, ESCALATED_TO, now))
    able = set(roles_for(Act.APPROVE_SOLUTION))
    known = named or [
        each.username for each in UserStore(tx).all() if each.may_enter(now) and not able.isdisjoint(each.roles)
    ]
    load = Counter({name: len(CaseStore(tx).owned(name, CaseState.OPEN, _MOST_COUNTED)) for name in known})
    return min(sorted(known), key=lambda name: load[name], default="")
