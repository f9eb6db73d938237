"""Links that are to go out by mail are handed to the server, each once."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.cases.link_mail import AGAIN_AFTER, LinkMail, MailState
from hotline.domain.notifications.notification import Text, Verdict
from hotline.services.cases.customer_link import link_of_case
from hotline.services.cases.link_sending import mail_of
from hotline.services.gateways import Gateways
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.cases.link_mails import LinkMailStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Storage

#: In one run.
_AT_ONCE = 10

#: As audit log and links name who made it.
BY_MAIL = "mail"

#: Neither name nor number, nor a word of the case: mails are read by whoever holds the telephone.
_TITLE = "您的工单 {number} 的办理进度"
_BODY = (
    "您好：\n\n您可以通过以下链接查看工单 {number} 的办理进度，并给我们留言：\n{link}\n\n"
    "链接打开后只能在该浏览器中使用，请勿转发。此邮件由系统发出，请勿直接回复。\n\n"
    "You can follow your case {number} here, and write to us. Once opened, the link works in that browser only."
)


def send_link_mails(storage: Storage, settings: Settings, gateways: Gateways, now: datetime) -> int:
    """How many went. What may have gone is not sent again."""
    if not settings.mail.host:
        return 0
    with storage.reading() as tx:
        due = LinkMailStore(tx).due(now, _AT_ONCE)
    return sum(_sent(storage, settings, gateways, each, now) for each in due)


def _sent(storage: Storage, settings: Settings, gateways: Gateways, mail: LinkMail, now: datetime) -> bool:
    with storage.writing() as tx:
        if not LinkMailStore(tx).claim(mail):
            return False
        case = CaseStore(tx).by_id(mail.case_id)
        address = mail_of(tx, case) if case is not None else ""
        made = link_of_case(tx, settings, case, BY_MAIL, now) if case is not None and address else None
        if case is None or made is None:
            LinkMailStore(tx).settle(mail, MailState.FAILED, now)
            return False
    words = {"number": case.number, "link": made.url}
    text = Text(_TITLE.format(**words), _BODY.format(**words), f"case-link-{mail.id}-{mail.tries}")
    verdict = gateways.mail(address, text).verdict
    with storage.writing() as tx:
        again = verdict is Verdict.FAILED and mail.tries < len(AGAIN_AFTER)
        taken = verdict is Verdict.TAKEN
        state = MailState.WAITING if again else MailState.SENT if taken else MailState.FAILED
        LinkMailStore(tx).settle(mail, state, now + AGAIN_AFTER[mail.tries] if again else now)
        AuditLog(tx).add(now, "jobs", "case.link_mail", f"case:{case.number}", verdict.value)
    return taken
