"""业务电话 12: whose account lets them in no more is rung by no way, whatever the settings keep them in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from hotline.domain.calls.call import Party, PartyKind, Talk
from hotline.domain.errors import Refused, StorageError
from hotline.domain.operators.presence import AWAY
from hotline.domain.people import Actor, Role
from hotline.services.accounts import users
from hotline.services.exchange import Exchange
from hotline.services.for_asterisk import for_asterisk, for_asterisk_that_starts
from hotline.services.hiring import changes, hiring
from hotline.services.hiring.hiring import NewOperator
from hotline.services.hiring.shut_out import sign_out_those_shut_out
from hotline.services.operators.console import colleagues_of
from hotline.services.operators.transfers import TransferTarget, transfer
from hotline.services.settings.settings import change_settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING, a_call

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
QUEUE = """
[queues.service]
name = "客户服务"
"""


@dataclass
class Site:
    exchange: Exchange
    storage: Storage
    pbx: RememberingPbx

    def file(self, name: str) -> str:
        return (Path(self.exchange.files.folder) / name).read_text("utf-8")

    def end(self, how: str) -> None:
        """The account of 1002 lets her in no more."""
        if how == "deactivated":
            users.set_active(self.storage, "sunli", False, MORNING, "admin")
        else:
            self._expires(MORNING)

    def _expires(self, at: datetime | None) -> None:
        with self.storage.writing() as tx:
            user = UserStore(tx).by_username("sunli")
            assert user is not None
            UserStore(tx).update(replace(user, expires_at=at))

    def back(self) -> None:
        users.set_active(self.storage, "sunli", True, MORNING, "admin")
        self._expires(None)


@pytest.fixture
def site(tmp_path: Path, storage: Storage) -> Site:
    hotline, pbx = an_instance(tmp_path, MORNING, QUEUE, storage), RememberingPbx()
    site = Site(Exchange(hotline.in_force, hotline.secrets, pbx, hotline.pbx_files), hotline.storage, pbx)
    for name, username, extension in (("孙丽", "sunli", "1002"), ("李雷", "other", "1003")):
        new = NewOperator(name, username, (Role.SUPERVISOR,), extension, "sip", ("service",))
        hiring.hire(site.exchange, ADMIN, new, MORNING)
    return site


@pytest.mark.parametrize("ends", ["deactivated", "over"])
def test_f12_whoever_is_let_in_no_more_takes_no_call_at_a_desk_phone_either(site: Site, ends: str) -> None:
    for extension in ("1002", "1003"):
        site.pbx.queue_add("service", extension, "", False, 1)
    assert sign_out_those_shut_out(site.storage, site.pbx, MORNING) == []
    site.end(ends)
    site.pbx.away = "asterisk.unreachable"
    assert sign_out_those_shut_out(site.storage, site.pbx, MORNING) == []
    site.pbx.away = ""
    assert sign_out_those_shut_out(site.storage, site.pbx, MORNING) == ["service 1002"]
    assert set(site.pbx.members) == {("service", "1003")}


@pytest.mark.parametrize("ends", ["deactivated", "over"])
def test_f12_no_file_of_asterisk_s_has_whoever_is_let_in_no_more(site: Site, ends: str) -> None:
    """Also where the settings keep them in a queue; they are there again as soon as they are let in again."""
    change_settings(site.exchange.in_force, ADMIN, {"queues.service.members": ["1002", "1003"]}, MORNING)
    site.exchange.apply()
    known = {name: site.file(name) for name in ("queues.conf", "pjsip.conf", "extensions.conf")}
    assert "member => PJSIP/1002" in known["queues.conf"] and "[1002]" in known["pjsip.conf"]
    site.end(ends)
    site.exchange.apply()
    assert "member => PJSIP/1003" in site.file("queues.conf")
    assert not [name for name in known if "1002" in site.file(name)]
    assert "1002" in site.exchange.in_force().queues["service"].members, "what was decided stays"
    site.back()
    site.exchange.apply()
    assert {name: site.file(name) for name in known} == known


def test_f12_whom_asterisk_s_own_file_keeps_is_offered_no_call_until_it_has_read_the_new_one(site: Site) -> None:
    """Asterisk signs them out of there at no request; and others are not left in for it."""
    for extension in ("1002", "1003"):
        site.pbx.queue_add("service", extension, "", False, 1)
    site.pbx.queue_add("sales", "1002", "", False, 1)
    site.pbx.kept.add(("sales", "1002"))
    site.end("deactivated")
    assert sign_out_those_shut_out(site.storage, site.pbx, MORNING) == ["sales 1002", "service 1002"]
    assert site.pbx.members == {("sales", "1002"): (True, AWAY), ("service", "1003"): (False, "")}
    assert sign_out_those_shut_out(site.storage, site.pbx, MORNING) == []


def test_f12_an_asterisk_that_starts_without_a_database_starts_all_the_same(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.end("deactivated")
    assert "1002" not in for_asterisk_that_starts(site.exchange.in_force).operators

    def away(*_asked: object) -> frozenset[str]:
        raise StorageError("storage.unreachable")

    monkeypatch.setattr("hotline.services.for_asterisk.extensions_let_in_no_more", away)
    assert "1002" in for_asterisk_that_starts(site.exchange.in_force).operators
    with pytest.raises(StorageError):
        for_asterisk(site.exchange.in_force)


def test_a12_nobody_is_put_through_to_whoever_is_let_in_no_more(site: Site) -> None:
    talk = Talk(Party(PartyKind.OPERATOR, "1003", "李雷"), MORNING, None)
    call = a_call("n-1", MORNING, ended_at=None, outcome=None, hang_up=None, talks=(talk,))
    with site.storage.writing() as tx:
        CallStore(tx).save([call], MORNING)
        stored = CallStore(tx).by_id(CallStore(tx).ids_by_call({("node1", "n-1")})[("node1", "n-1")])
    assert stored is not None
    settings = site.exchange.in_force()
    site.pbx.live = [{"Channel": "PJSIP/1003-1", "Linkedid": "n-1", "Uniqueid": "n-1"}]
    order = partial(transfer, site.storage, settings, site.pbx, stored, "1003")
    site.end("deactivated")
    for kind in ("blind", "attended"):
        with pytest.raises(Refused) as refused:
            order(kind, TransferTarget("operator", "1002"), True, "问账单", "other", MORNING)
        assert refused.value.code == "operators.let_in_no_more"
    assert [each.extension for each in colleagues_of(site.storage, settings, "1003", MORNING)] == []
    site.back()
    assert [each.extension for each in colleagues_of(site.storage, settings, "1003", MORNING)] == ["1002"]
    order("blind", TransferTarget("operator", "1002"), True, "问账单", "other", MORNING)


def test_f12_the_page_of_the_extension_knows_it(site: Site) -> None:
    assert changes.see_operator(site.exchange, ADMIN, "1002", MORNING).let_in
    site.end("over")
    assert not changes.see_operator(site.exchange, ADMIN, "1002", MORNING).let_in
    assert changes.see_operator(site.exchange, ADMIN, "1003", MORNING).let_in
