"""Signing in by the company's directory (LDAP): looked up by an account of ours, then bound as the person.

The password goes to the directory alone, in TLS unless the settings say otherwise. What was typed is data in a filter,
never a part of it.
"""

from __future__ import annotations

import logging
import secrets
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from ldap3 import AUTO_BIND_NONE, NONE, SIMPLE, SUBTREE, Connection, Server, Tls
from ldap3.core.exceptions import LDAPException
from ldap3.utils.conv import escape_filter_chars

from hotline.domain.errors import HotlineError
from hotline.domain.sign_in.outside import Outside
from hotline.settings.ldap import Ldap

log = logging.getLogger(__name__)

#: An answer of more is none: one name is one person.
_MOST_FOUND = 2
_MOST_GROUPS = 500
_INVALID_CREDENTIALS = 49


class DirectoryAway(HotlineError):
    """It does not answer, or does not let our own account look."""

    kind = "store"


def provider_of(rules: Ldap) -> str:
    return f"ldap {rules.host}"


def vouched(rules: Ldap, username: str, password: str) -> Outside | None:
    """Who has this name and password in the directory; None for nobody. Raises DirectoryAway.

    Without a password a directory answers "anonymous", which is no proof: it is refused before it is asked. A name that
    it does not have costs a bind all the same, so that the time taken does not tell which names there are."""
    if not password or not username:
        return None
    with _opened(rules) as looking:
        _bind_ours(rules, looking)
        entry = _entry(rules, looking, username)
        dn = entry["dn"] if entry else f"cn={secrets.token_hex(8)},{rules.base}"
        if not _is_password(rules, dn, password) or entry is None:
            return None
        return _outside(rules, looking, entry, username)


def look_in_vain(rules: Ldap, username: str) -> None:
    """What `vouched` does for a wrong password, for a name that is asked for here alone. Raises DirectoryAway."""
    vouched(rules, username, secrets.token_hex(8))


@contextmanager
def _opened(rules: Ldap, dn: str = "", password: str = "") -> Iterator[Connection]:
    tls = Tls(validate=ssl.CERT_REQUIRED, ca_certs_file=rules.ca_file or None, version=ssl.PROTOCOL_TLS_CLIENT)
    seconds = rules.timeout_seconds
    server = Server(
        rules.host, rules.port, use_ssl=rules.security == "tls", get_info=NONE, tls=tls, connect_timeout=seconds
    )
    connection = Connection(
        server,
        user=dn or rules.bind_dn,
        password=password or rules.password,
        authentication=SIMPLE,
        auto_bind=AUTO_BIND_NONE,
        auto_referrals=False,
        receive_timeout=seconds,
        read_only=True,
    )
    try:
        connection.open()
        if rules.security == "starttls" and not connection.start_tls():
            raise DirectoryAway("sign_in.directory_away")
        yield connection
    except LDAPException as error:
        log.warning("the directory %s does not answer: %s", rules.host, error)
        raise DirectoryAway("sign_in.directory_away") from None
    finally:
        with suppress(LDAPException, OSError):  # it may be away already
            connection.unbind()


def _bind_ours(rules: Ldap, connection: Connection) -> None:
    if not connection.bind():
        log.warning("the directory %s does not let our own account in: %s", rules.host, connection.result)
        raise DirectoryAway("sign_in.directory_away")


def _is_password(rules: Ldap, dn: str, password: str) -> bool:
    with _opened(rules, dn, password) as trying:
        if trying.bind():
            return True
        if trying.result["result"] != _INVALID_CREDENTIALS:  # locked, expired, unwilling
            log.info("the directory %s refuses %s: %s", rules.host, dn, trying.result["description"])
        return False


def _entry(rules: Ldap, connection: Connection, username: str) -> dict[str, Any] | None:
    wanted = rules.user_filter.replace("{username}", escape_filter_chars(username))
    attributes = [rules.subject_attribute, rules.name_attribute, rules.mail_attribute]
    found = _search(rules, connection, rules.base, wanted, attributes, _MOST_FOUND)
    return found[0] if len(found) == 1 else None


def _search(
    rules: Ldap, connection: Connection, base: str, wanted: str, attributes: list[str], most: int
) -> list[dict[str, Any]]:
    connection.search(base, wanted, SUBTREE, attributes=attributes, size_limit=most, time_limit=rules.timeout_seconds)
    return [each for each in connection.response or () if each["type"] == "searchResEntry"]  # no referrals


def _outside(rules: Ldap, connection: Connection, entry: dict[str, Any], username: str) -> Outside | None:
    subject = _first(entry, rules.subject_attribute)
    if not subject:
        log.warning("%s has no %s in the directory %s", entry["dn"], rules.subject_attribute, rules.host)
        return None
    wanted = rules.group_filter.replace("{dn}", escape_filter_chars(entry["dn"]))
    base = rules.group_base or rules.base
    groups = _search(rules, connection, base, wanted, [rules.group_attribute], _MOST_GROUPS)
    named = {_first(group, rules.group_attribute) for group in groups} | {group["dn"] for group in groups}
    return Outside(
        provider=provider_of(rules),
        subject=subject,
        username=username,
        name=_first(entry, rules.name_attribute) or username,
        mail=_first(entry, rules.mail_attribute),
        groups=frozenset(named - {""}),
    )


def _first(entry: dict[str, Any], attribute: str) -> str:
    """As text, of an attribute that may have several values; binary ones (objectGUID) in hex."""
    raw = entry["raw_attributes"].get(attribute) or [b""]
    try:
        return str(raw[0].decode("utf-8"))[:255]
    except UnicodeDecodeError:
        return str(raw[0].hex())
