"""The details of the audit log in words. What is written there is part of a chain of hashes and stays as it is, in
English; a reader of another language is shown the same in theirs."""

from __future__ import annotations

import itertools
import re
from datetime import datetime
from functools import cache

from flask_babel import gettext

from hotline.domain.people import Role
from hotline.domain.time import minute_text
from hotline.web.accounts.labels import ROLES
from hotline.web.kit.refusals.marking import msgid as _

#: What details are made of, as they are written. What fits none of these stands as it is: it is what somebody wrote, a
#: name or a code.
DETAILS = (
    _("%(n)s entries"),
    _("%(n)s sessions: %(why)s"),
    _("%(n)s other sessions, by themselves"),
    _("session %(n)s: %(why)s"),
    _("session %(n)s, by themselves"),
    _("%(n)s attempts told to wait in the minute of %(at)s"),
    _("%(n)s sessions"),
    _("%(n)s calls"),
    _("%(n)s recordings"),
    _("%(n)s calls kept by law"),
    _("%(n)s codes"),
    _("%(n)s customers"),
    _("%(n)s numbers"),
    _("%(n)s callbacks"),
    _("%(n)s callbacks owed"),
    _("%(n)s visits"),
    _("%(n)s tasks"),
    _("%(n)s replies"),
    _("%(n)s matters"),
    _("%(n)s verdicts"),
    _("%(n)s contests"),
    _("%(n)s cases"),
    _("%(n)s forms"),
    _("%(n)s requests"),
    _("%(n)s messages"),
    _("%(n)s approvals"),
    _("%(n)s shifts"),
    _("%(n)s rows"),
    _("%(n)s holds"),
    _("%(n)s moved"),
    _("%(n)s added"),
    _("%(n)s changed"),
    _("%(n)s known"),
    _("%(n)s deliveries"),
    _("%(n)s examinations"),
    _("%(n)s own examinations"),
    _("%(n)s appeals"),
    _("%(n)s calibrations"),
    _("%(n)s orders"),
    _("%(n)s items"),
    _("%(n)s bytes"),
    _("%(n)s may go"),
    _("%(n)s to be deleted"),
    _("%(n)s of them new"),
    _("%(n)s finished"),
    _("%(n)s finished: %(why)s"),
    _("%(n)s deleted (%(bytes)s bytes"),
    _("%(n)s already missing)"),
    _("%(words)s: %(n)s found"),
    _("%(week)s: %(n)s of %(all)s calls"),
    _("seed %(seed)s"),
    _("version %(n)s"),
    _("call %(n)s"),
    _("form %(n)s"),
    _("operator %(n)s"),
    _("score %(n)s"),
    _("score %(n)s -> %(after)s"),
    _("name: %(before)s → %(after)s"),
    _("roles: %(before)s → %(after)s"),
    _("extension: %(before)s → %(after)s"),
    _("end: %(before)s → %(after)s"),
    _("until %(until)s"),
    _("until %(until)s: %(why)s"),
    _("line %(line)s: until %(until)s: %(why)s"),
    _("until it is lifted"),
    _("until it is lifted: %(why)s"),
    _("upheld"),
    _("changed"),
    _("sealed"),
    _("sound"),
    _("not sound"),
)

_PLACE = re.compile(r"%\\\((\w+)\\\)s")
_ROLES = frozenset(role.value for role in Role)
#: As a new account is noted: its roles, its extension, its end.
_ACCOUNT = re.compile(rf"(?P<who>({'|'.join(_ROLES)})( ({'|'.join(_ROLES)}))*( [0-9]+)?)( until (?P<end>\S+))?")
_BETWEEN = re.compile(r"(, |; )")


def detail_words(detail: str) -> str:
    """In the reader's language: as a whole, else part by part."""
    whole = _said(detail)
    if whole is not None:
        return whole
    return "".join(part if said is None else said for part in _BETWEEN.split(detail) for said in (_said(part),))


def _said(text: str) -> str | None:
    for pattern, template in _patterns():
        if fits := pattern.fullmatch(text):
            return gettext(template, **{name: _roles_said(value) for name, value in fits.groupdict().items()})
    account = _ACCOUNT.fullmatch(text)
    return _account_said(account["who"], account["end"]) if account else None


def _account_said(who: str, end: str | None) -> str:
    """`end`: of the account, in ISO 8601."""
    if end is None:
        return _roles_said(who)
    return gettext("%(who)s, until %(until)s", who=_roles_said(who), until=minute_text(datetime.fromisoformat(end)))


def _roles_said(text: str) -> str:
    """With the roles at its beginning in words."""
    words = text.split(" ")
    roles = [Role(word) for word in itertools.takewhile(lambda word: word in _ROLES, words)]
    return " ".join([*(str(ROLES[role].text) for role in roles), *words[len(roles) :]])


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(_PLACE.sub(_group, re.escape(each))), each) for each in DETAILS)


def _group(place: re.Match[str]) -> str:
    """n is a number, until a day or a minute; what a change leads from and to is one part of several; the others are
    anything."""
    kind = {"n": "[0-9.]+", "until": r"\d{4}-[0-9: -]+\d", "before": "[^;]+", "after": "[^;]+"}.get(place[1], ".+")
    return f"(?P<{place[1]}>{kind})"
