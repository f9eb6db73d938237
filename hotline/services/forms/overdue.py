"""Raises alerts for overdue log forms and promises (B2, B6), and sends duty people the links to theirs."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.errors import Conflict, NoticeError
from hotline.domain.forms.form import CallForm
from hotline.domain.reasons import Reason, because
from hotline.domain.time import minute_text
from hotline.services.alerts import NOTICE, keep_alerts, set_alert
from hotline.services.forms.deadlines import overdue_alerts
from hotline.services.forms.duty_links import make_link
from hotline.services.links.links import links_offered, take_back
from hotline.services.notices import Notices
from hotline.settings import Settings
from hotline.storage.forms.duty_forms import DutyFormStore
from hotline.storage.transaction import Storage

#: Who makes the links that nobody asked for.
SENDER = "jobs"

#: Records of older calls get their links by hand: an address that is set up late must not flood anybody.
SENT_FOR = timedelta(days=2)
_AT_ONCE = 20


def watch(storage: Storage, now: datetime) -> None:
    """Set the alerts of what is over to the present state."""
    keep_alerts(storage, lambda tx: overdue_alerts(tx, now), now)


def send_duty_links(storage: Storage, settings: Settings, notices: Notices, now: datetime) -> int:
    """A link for each log form of a call that was taken on the duty mobile and has ended, once; how many were sent.

    Nothing is sent where no address is set. One that could not be sent is taken back, told by an alert, and tried
    again with the next run: the record itself stands on the list in any case.
    """
    if not settings.notices.urls:
        return 0
    with storage.reading() as tx:
        waiting = DutyFormStore(tx).without_link(now - SENT_FOR, _AT_ONCE)
    trouble = None if links_offered(settings) else because("forms.no_public_url")
    sent = 0
    for form in waiting if not trouble else ():
        trouble = _send(storage, settings, notices, form, now)
        if trouble:
            break  # the next one would fare no better
        sent += 1
    if waiting:
        with storage.writing() as tx:
            told = because("forms.duty_links_not_sent", why=trouble) if trouble else None
            set_alert(tx, NOTICE, "duty_links", told, now)
    return sent


def _send(storage: Storage, settings: Settings, notices: Notices, form: CallForm, now: datetime) -> Reason | None:
    """What was wrong; None when it is sent, or not needed any more."""
    assert form.id is not None
    try:
        made = make_link(storage, settings, form.id, SENDER, now)
    except Conflict:
        return None  # done meanwhile
    try:
        notices.send("值班来电待补记", notice_text(form, made.url, made.link.expires_at))
    except NoticeError as error:
        take_back(storage, made, SENDER, now)
        return error.reason
    return None


def notice_text(form: CallForm, address: str, expires_at: datetime) -> str:
    """What the duty person reads. No caller's number: messages are read on the way."""
    due = f"，须于 {minute_text(form.due_at)} 前完成（B2）" if form.due_at else ""
    return (
        f"{form.owner_name or '值班人员'}：{minute_text(form.called_at)} 用值班手机接听的来电待补记{due}。\n{address}\n"
        f"链接只能在一个浏览器中打开，使用一次，{minute_text(expires_at)} 前有效。"
    )
