"""Where a notification goes out to: targets, their gateways, and the addresses behind them when it is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hotline.domain.notifications.notification import MAIL, Delivery, way_of
from hotline.settings import Settings
from hotline.storage.notifications.choices import WayStore
from hotline.storage.transaction import Transaction

#: The group of [notices] urls.
EVERYBODY = "notices"

#: Ways of which one gateway serves all addresses.
SHARED = frozenset({MAIL, "wecombot", "dingtalk", "feishu"})


@dataclass(frozen=True, slots=True)
class Target:
    way: str
    target: str
    gateway: str


def mail_target(settings: Settings) -> Iterator[Target]:
    if settings.mail.host:
        yield Target(MAIL, MAIL, MAIL)


def targets_of_person(tx: Transaction, settings: Settings, person_id: int, email: str) -> list[Target]:
    mail = list(mail_target(settings)) if email else []
    return mail + [Target(way.kind, f"way:{way.id}", gateway_of(way.url)) for way in WayStore(tx).of(person_id)]


def targets_of_group(settings: Settings, group: str) -> list[Target]:
    urls = urls_of_group(settings, group)
    return [Target(way_of(url), f"group:{group}:{key_of(url)}", gateway_of(url)) for url in urls]


def urls_of_group(settings: Settings, group: str) -> Sequence[str]:
    """None when the settings have it no more."""
    if group == EVERYBODY:
        return settings.notices.urls
    known = settings.notices.groups.get(group)
    return known.urls if known else ()


def url_of(tx: Transaction, settings: Settings, each: Delivery) -> str:
    """The address as it is now; "" when there is none any more. Not for mail."""
    kind, _colon, rest = each.target.partition(":")
    if kind == "way":
        way = WayStore(tx).by_id(int(rest))
        return way.url if way else ""
    group, _colon, key = rest.rpartition(":")
    return next((url for url in urls_of_group(settings, group) if key_of(url) == key), "")


def gateway_of(url: str) -> str:
    """What fails together. An address that we do not know how to read has a gateway of its own."""
    way = way_of(url)
    return way if way in SHARED else f"{way}-{key_of(url)}"


def key_of(url: str) -> str:
    """Tells addresses apart without telling their secrets."""
    return hashlib.sha256(url.encode()).hexdigest()[:12]
