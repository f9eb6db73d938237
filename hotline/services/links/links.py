"""Links that let somebody in who has no account. A link leads to one object for one purpose.

A look at a link changes nothing: messengers and mail scanners look at every link that they see. What binds it to a
browser, or uses it, is a press of a button. Only SHA-256 of what opens it is kept, and neither the log nor the audit
log ever has the token.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.errors import Forbidden, Refused
from hotline.domain.links.link import LIVING, Holder, HolderKind, Link, LinkState, link_state
from hotline.domain.people import Actor
from hotline.domain.reasons import because
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.alerts import keep_alerts, set_alert
from hotline.services.links.alert_kinds import LINKS
from hotline.services.staff.concerned import is_with_us
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.links.store import LinkStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: Bytes of chance in a link, and in what its browser is given.
_TOKEN_BYTES = 32

#: Who looks for a link that has run out is told so for this long.
KEPT_AFTER = timedelta(days=90)

#: Who revokes links of people who have left.
_BY = "jobs"

#: More that live are neither listed nor revoked at once.
MOST = 1000


@dataclass(frozen=True, slots=True)
class NewLink:
    """`token`, and so `url`, exist nowhere else."""

    token: str
    url: str
    link: Link


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A link as a browser finds it."""

    state: LinkState
    link: Link


def links_offered(settings: Settings) -> bool:
    """Whether links can be made: those that are sent need an address that others reach."""
    return bool(settings.web.public_url)


def require_offered(storage: Storage, settings: Settings, now: datetime) -> None:
    """Before a link is made for somebody who asks: what is missing becomes an alert. Raises Refused."""
    if not links_offered(settings):
        with storage.writing() as tx:
            set_alert(tx, LINKS, "", because("links.no_public_url"), now)
        raise Refused("links.no_public_url")


def make_link(
    tx: Transaction,
    settings: Settings,
    purpose: str,
    object: str,
    holder: Holder,
    *,
    by: str,
    expires_at: datetime,
    now: datetime,
    one_use: bool = True,
    one_browser: bool = True,
) -> NewLink:
    """A link in the caller's transaction; the page of `purpose` is that of the feature that tells of it
    (hotline.web.kit.told.linked). Raises Refused without web.public_url."""
    if not links_offered(settings):
        raise Refused("links.no_public_url")
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    new = Link(digest(token), purpose, object, holder, now, by, expires_at, one_use, one_browser)
    made = LinkStore(tx).add(new)
    AuditLog(tx).add(now, by, "link.make", object, _told(made))
    return NewLink(token, f"{settings.web.public_url}/l/{token}", made)


def take_back(storage: Storage, made: NewLink, by: str, now: datetime) -> None:
    """Nobody could be told of this link: as if it had never been made."""
    with storage.writing() as tx:
        LinkStore(tx).forget(made.link.token_sha256)
        AuditLog(tx).add(now, by, "link.take_back", made.link.object, _told(made.link))


def look(storage: Storage, token: str, browser: str, now: datetime) -> LookedAt | None:
    """What the link is to the browser with that secret ("" for none); None: there is no such link."""
    with storage.reading() as tx:
        return look_in(tx, token, browser, now)


def look_in(tx: Transaction, token: str, browser: str, now: datetime) -> LookedAt | None:
    """As `look`, in the caller's transaction."""
    found = LinkStore(tx).by_token(digest(token))
    if found is None:
        return None
    state = link_state(found, digest(browser) if browser else "", now)
    return LookedAt(LinkState.REVOKED if state in LIVING and _has_left(tx, found.holder, now) else state, found)


def open_link(storage: Storage, token: str, now: datetime) -> tuple[str, Link] | None:
    """Bind the link to whoever opens it first: the secret that their browser must show from now on. None when it is
    not to be opened any more."""
    browser = secrets.token_urlsafe(_TOKEN_BYTES)
    with storage.writing() as tx:
        found = look_in(tx, token, "", now)
        if found is None or found.state is not LinkState.NEW:
            return None
        if not LinkStore(tx).open(found.link.id, digest(browser), now):
            return None
        AuditLog(tx).add(now, who(found.link), "link.open", found.link.object, _told(found.link))
    return browser, found.link


def require_open(tx: Transaction, purpose: str, token: str, browser: str, now: datetime) -> Link:
    """The link that lets this browser in for this purpose. Raises Forbidden."""
    found = look_in(tx, token, browser, now)
    if found is None or found.state is not LinkState.OPEN or found.link.purpose != purpose:
        raise Forbidden("links.over")
    return found.link


def use_link(tx: Transaction, link: Link, now: datetime) -> None:
    """What it is for was done, in the same transaction: one that is for one use lets nobody in any more. Raises
    Forbidden when somebody else used it at the same moment."""
    if link.one_use and not LinkStore(tx).use(link.id, now):
        raise Forbidden("links.over")
    AuditLog(tx).add(now, who(link), "link.use", link.object, _told(link))


def living_links(storage: Storage, actor: Actor, now: datetime) -> Sequence[Link]:
    """Those that let somebody in, the latest first. Raises Forbidden."""
    require_right(Act.MANAGE_LINKS, actor)
    with storage.reading() as tx:
        return LinkStore(tx).living(now, MOST)


def revoke_links(
    storage: Storage, actor: Actor, now: datetime, link_id: int | None = None, object: str = "", like: int | None = None
) -> int:
    """That link, those to that object, those of whom link `like` is for, or with none of these all. How many were
    revoked. Raises Forbidden."""
    require_right(Act.MANAGE_LINKS, actor)
    with storage.writing() as tx:
        holder = None
        if like is not None:
            same = LinkStore(tx).living(now, 1, link_id=like)
            if not same:
                return 0
            holder = same[0].holder
        return _revoke(tx, LinkStore(tx).living(now, MOST, link_id, object, holder), actor.name, now)


def revoke_of(tx: Transaction, holder: Holder, by: str, now: datetime) -> int:
    """All links of whoever may not use them any more, in the caller's transaction. How many there were."""
    return _revoke(tx, LinkStore(tx).living(now, MOST, holder=holder), by, now)


def revoke_to(
    tx: Transaction, object: str, by: str, now: datetime, purpose: str = "", holder: Holder | None = None
) -> int:
    """All links to this object, or those for this purpose and holder alone, in the caller's transaction. How many
    there were."""
    living = LinkStore(tx).living(now, MOST, object=object, holder=holder)
    return _revoke(tx, [each for each in living if purpose in ("", each.purpose)], by, now)


def watch(storage: Storage, settings: Settings, now: datetime) -> int:
    """The alert of missing links ends once they can be made; links of people who have left are revoked, as nobody gets
    in by them any more; rows of links that ended long ago go: how many."""
    if links_offered(settings):
        keep_alerts(storage, lambda _tx: [(LINKS, "", None)], now)
    _revoke_of_leavers(storage, now)
    with storage.reading() as tx:
        if not LinkStore(tx).has_run_out(now - KEPT_AFTER):
            return 0
    with storage.writing() as tx:
        return LinkStore(tx).trim(now - KEPT_AFTER)


def _revoke_of_leavers(storage: Storage, now: datetime) -> None:
    with storage.reading() as tx:
        holders = {each.holder for each in LinkStore(tx).living(now, MOST)}
        left = [each for each in holders if _has_left(tx, each, now)]
    if left:
        with storage.writing() as tx:
            for holder in left:
                revoke_of(tx, holder, _BY, now)


def _has_left(tx: Transaction, holder: Holder, now: datetime) -> bool:
    """One of our people who is not with us any more (业务电话 12)."""
    if holder.kind is not HolderKind.PERSON or holder.id is None:
        return False
    person = StaffStore(tx).person(holder.id)
    return person is not None and not is_with_us(tx, person, now)


def who(link: Link) -> str:
    """As the audit log and histories have whoever came by this link."""
    return f"{link.purpose}:{link.holder.name}" if link.holder.name else link.purpose


def digest(secret: str) -> str:
    """SHA-256, in hex."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _revoke(tx: Transaction, living: Sequence[Link], by: str, now: datetime) -> int:
    for each in living:
        LinkStore(tx).revoke(each.id, by, now)
        AuditLog(tx).add(now, by, "link.revoke", each.object, _told(each))
    return len(living)


def _told(link: Link) -> str:
    named = link.holder.name or (f"{link.holder.kind}:{link.holder.id}" if link.holder.id is not None else "")
    return f"link {link.id}" + (f" for {named}" if named else "")[:200]
