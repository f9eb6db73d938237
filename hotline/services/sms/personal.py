"""G3: text messages in a person's copy and deletion. That a number wants none stays, for it is their own wish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.retention.privacy import Person, matter_may_go
from hotline.domain.sms.message import DoNotSend, SmsMessage, SmsState
from hotline.services.personal import CopyColumn, Erasing, PersonalPart
from hotline.storage.sms.store import DoNotSendStore, SmsStore
from hotline.storage.transaction import Transaction


class TextMessages(PersonalPart[SmsMessage]):
    """Found by number. They prove what the person was told, and go when the term after they were sent is over."""

    name, place = "text_messages", 65
    readme = ("text_messages.csv 发给您的短信", "text_messages.csv: text messages that were sent to you")
    columns = (*map(CopyColumn, ("number", "template", "parameters", "state", "created_at", "sent_at")),)

    def find(self, tx: Transaction, person: Person) -> Sequence[SmsMessage]:
        return SmsStore(tx).of_numbers(person.numbers)

    def erase(self, tx: Transaction, found: Sequence[SmsMessage], erasing: Erasing) -> int:
        over = [each.id for each in found if matter_may_go(_ended_at(each), False, False, erasing.terms, erasing.now)]
        return SmsStore(tx).forget(over)


def _ended_at(message: SmsMessage) -> datetime | None:
    """None while it waits."""
    return None if message.state is SmsState.WAITING else message.sent_at or message.created_at


class NoTextMessages(PersonalPart[DoNotSend]):
    name, place = "no_text_messages", 66
    readme = (
        "no_text_messages.csv 退订短信的号码",
        "no_text_messages.csv: your numbers that are sent no text messages",
    )
    columns = (*map(CopyColumn, ("number", "since")),)

    def find(self, tx: Transaction, person: Person) -> Sequence[DoNotSend]:
        return DoNotSendStore(tx).of_numbers(person.numbers)


PARTS = (TextMessages(), NoTextMessages())
