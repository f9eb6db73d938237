"""Trying a way out of the house at once: a mail to a typed address, or a message to a group's robots, and what the
gateway itself answers. Nothing of it is kept but who tried what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.accounts.attempts import Limit
from hotline.domain.errors import Conflict, Refused
from hotline.domain.notifications.notification import MAIL, NOBODY, Notification, Outcome, Text, way_of
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.accounts.attempts import TooFast
from hotline.services.gateways import Gateways, Wording
from hotline.services.notifications.addresses import key_of, urls_of_group
from hotline.services.notifications.notification_kinds import TEST
from hotline.services.notifications.sent import groups_of
from hotline.services.notifications.texts import text_of
from hotline.services.staff.fields import plain_email
from hotline.services.staff.people import own_person
from hotline.settings import Settings
from hotline.storage.accounts.attempts import AttemptStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage

#: So often each person may try within ten minutes: it is a mail server, and others' phones.
TRIES = Limit("gateway_test", 10, 600)


@dataclass(frozen=True, slots=True)
class GroupWays:
    """A group of addresses, with the way of each (as Apprise calls its schema)."""

    name: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaysThereAre:
    """`mail`: a mail server is set; `own`: the reader's own mail address, "" for none."""

    mail: bool
    own: str
    groups: Sequence[GroupWays]


@dataclass(frozen=True, slots=True)
class Tried:
    """What one address answered; `where` tells it from its neighbours without its secret."""

    way: str
    where: str
    outcome: Outcome


def ways_there_are(storage: Storage, settings: Settings, actor: Actor) -> WaysThereAre:
    """Raises Forbidden."""
    require_right(Act.SEE_SENT_NOTIFICATIONS, actor)
    with storage.reading() as tx:
        person = own_person(tx, actor)
    groups = [GroupWays(name, tuple(map(way_of, urls_of_group(settings, name)))) for name in groups_of(settings)]
    return WaysThereAre(bool(settings.mail.host), person.email if person else "", groups)


def try_mail(
    storage: Storage,
    settings: Settings,
    gateways: Gateways,
    wording: Wording,
    address: str,
    actor: Actor,
    language: str,
    now: datetime,
) -> Tried:
    """Raises Forbidden, Refused for no address, Conflict without a mail server, TooFast."""
    require_right(Act.SEE_SENT_NOTIFICATIONS, actor)
    if not settings.mail.host:
        raise Conflict("notifications.no_mail_server")
    to = plain_email(address)
    if not to:
        raise Refused("staff.email", field="address")
    _note(storage, actor, f"mail:{to}", now)
    return Tried(MAIL, to, gateways.mail(to, _text(settings, wording, actor, language, now)))


def try_group(
    storage: Storage,
    settings: Settings,
    gateways: Gateways,
    wording: Wording,
    group: str,
    actor: Actor,
    language: str,
    now: datetime,
) -> list[Tried]:
    """Each of its addresses. Raises Forbidden, Refused for no group, TooFast."""
    require_right(Act.SEE_SENT_NOTIFICATIONS, actor)
    urls = urls_of_group(settings, group)
    if not urls:
        raise Refused("notifications.no_receiver", field="group")
    _note(storage, actor, f"group:{group}", now)
    text = _text(settings, wording, actor, language, now)
    return [Tried(way_of(url), key_of(url)[:6], gateways.post(url, text)) for url in urls]


def _note(storage: Storage, actor: Actor, what: str, now: datetime) -> None:
    """Counted and written down before it goes out."""
    with storage.writing() as tx:
        if AttemptStore(tx).add(TRIES.kind, actor.name, TRIES.window(now), 1) > TRIES.most:
            raise TooFast(TRIES.left(now))
        AuditLog(tx).add(now, actor.name, "notification.test", what)


def _text(settings: Settings, wording: Wording, actor: Actor, language: str, now: datetime) -> Text:
    told = Notification(NOBODY, TEST.name, "", now, {"by": actor.display_name})
    made = text_of([told], wording, language, settings.web.public_url)
    return Text(made.title, made.body, f"test-{settings.site.node}-{now.timestamp():.0f}")
