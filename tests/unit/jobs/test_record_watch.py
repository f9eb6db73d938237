"""Overdue records and promises become alerts (B2, B6); duty people are sent their links."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.errors import NoticeError
from hotline.domain.forms.form import CallForm, FormState
from hotline.services.alerts import reason_of
from hotline.services.calls.ledger import record
from hotline.services.consequences import consequences
from hotline.services.forms import overdue as record_watch
from hotline.services.forms.clocks import follow
from hotline.services.forms.forms import form_of
from hotline.storage.alerts import AlertStore
from hotline.storage.forms.store import FormStore
from hotline.storage.links.store import LinkStore
from hotline.storage.transaction import Transaction
from tests.support import sample_calls as sample
from tests.support.instance import an_instance, at

NOW = at("2026-11-16 22:30:00")
SITE = """
[notices]
urls = ["json://127.0.0.1:1/"]
[web]
public_url = "https://hotline.example.com"
"""


@dataclass
class Sent:
    """Where messages would go."""

    broken: bool = False
    texts: list[str] = field(default_factory=list)

    def send(self, title: str, text: str) -> None:
        if self.broken:
            raise NoticeError("nobody was reached")
        self.texts.append(f"{title}\n{text}")


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    hotline = an_instance(tmp_path, NOW, SITE)
    keep(hotline, "node1-1.3")
    return hotline


def keep(hotline: Hotline, linkedid: str, ended: bool = True) -> None:
    call = sample.duty_call(linkedid, at("2026-11-16 22:10:00"))
    call = call if ended else replace(call, ended_at=None, outcome=None)
    record(
        hotline.storage, "node1", [call], [], lambda _call: None, hotline.clock(), also=consequences(hotline.settings)
    )


def write(tx: Transaction, hotline: Hotline, before: CallForm, after: CallForm) -> None:
    assert FormStore(tx).update(after, before.version)
    follow(tx, hotline.settings, before, after, NOW)


def alerts(hotline: Hotline) -> list[tuple[str, object]]:
    with hotline.storage.reading() as tx:
        return [(alert.kind, reason_of(alert).values.get("count")) for alert in AlertStore(tx).open()]


def send(hotline: Hotline, sent: Sent) -> int:
    return record_watch.send_duty_links(hotline.storage, hotline.settings, sent, hotline.clock())


def test_b2_a_record_that_is_overdue_is_told_until_it_is_done(hotline: Hotline) -> None:
    record_watch.watch(hotline.storage, at("2026-11-17 11:59:59"))
    assert alerts(hotline) == []
    record_watch.watch(hotline.storage, at("2026-11-17 12:00:00"))
    assert alerts(hotline) == [("duty_forms", 1)]
    with hotline.storage.writing() as tx:
        form = form_of(tx, "node1", "node1-1.3")
        assert form is not None
        write(tx, hotline, form, replace(form, state=FormState.DONE, version=2))
    record_watch.watch(hotline.storage, at("2026-11-17 12:01:00"))
    assert alerts(hotline) == []


def test_b6_a_promise_that_is_overdue_is_told(hotline: Hotline) -> None:
    with hotline.storage.writing() as tx:
        form = form_of(tx, "node1", "node1-1.3")
        assert form is not None
        write(tx, hotline, form, replace(form, promise="回电", promise_due_at=NOW, version=2))
    record_watch.watch(hotline.storage, at("2026-11-16 22:30:01"))
    assert alerts(hotline) == [("promises", 1)]


def test_b2_the_duty_person_is_sent_one_link_when_the_call_has_ended(hotline: Hotline) -> None:
    keep(hotline, "node1-1.9", ended=False)
    sent = Sent()
    assert [send(hotline, sent), send(hotline, sent)] == [1, 0]
    (text,) = sent.texts
    assert "李四" in text and "https://hotline.example.com/l/" in text and "2026-11-17 12:00" in text
    assert "12345678" not in text, "no caller's number"


def test_b2_a_link_that_could_not_be_sent_is_told_and_tried_again(hotline: Hotline) -> None:
    broken = Sent(broken=True)
    assert send(hotline, broken) == 0
    assert [kind for kind, _count in alerts(hotline)] == ["notice"]
    with hotline.storage.reading() as tx:
        form = form_of(tx, "node1", "node1-1.3")
        assert form is not None and LinkStore(tx).latest_to(f"form:{form.id}") is None
    sent = Sent()
    assert send(hotline, sent) == 1
    assert alerts(hotline) == []


def test_b2_without_an_address_of_our_own_no_link_can_be_sent(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, NOW, '[notices]\nurls = ["json://127.0.0.1:1/"]\n')
    keep(hotline, "node1-1.3")
    assert send(hotline, Sent()) == 0
    assert [kind for kind, _count in alerts(hotline)] == ["notice"]


def test_b2_where_nobody_is_to_be_told_nothing_happens(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, NOW, "")
    keep(hotline, "node1-1.3")
    assert send(hotline, Sent()) == 0
    assert alerts(hotline) == []
