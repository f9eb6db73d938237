"""Links as they are stored, on both databases."""

from __future__ import annotations

from datetime import timedelta

from hotline.domain.forms.form import Origin
from hotline.domain.links.link import Holder, HolderKind, Link
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.duty_forms import DutyFormStore
from hotline.storage.forms.store import FormStore
from hotline.storage.links.store import LinkStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING, a_call
from tests.unit.storage.forms.test_store import a_form

HOUR = timedelta(hours=1)
LI = Holder(HolderKind.OTHER, None, "李四")


def a_link(token: str, object: str = "form:1", holder: Holder = LI) -> Link:
    return Link(token * 64, "duty", object, holder, MORNING, "boss", MORNING + HOUR)


def test_a_link_is_bound_used_and_revoked_once(storage: Storage) -> None:
    with storage.writing() as tx:
        store = LinkStore(tx)
        added = store.add(a_link("a"))
        assert store.open(added.id, "b" * 64, MORNING) and not store.open(added.id, "c" * 64, MORNING)
        assert store.use(added.id, MORNING) and not store.use(added.id, MORNING)
        store.revoke(added.id, "boss", MORNING)
        found = store.by_token("a" * 64)
        assert found is not None
        assert (found.opened_with, found.opened_at, found.used_at) == ("b" * 64, MORNING, MORNING)
        assert (found.revoked_at, found.holder) == (None, LI)
        store.forget("a" * 64)
        assert store.by_token("a" * 64) is None


def test_what_lives_is_found_by_object_and_holder(storage: Storage) -> None:
    zhao = Holder(HolderKind.PERSON, 7, "赵敏")
    with storage.writing() as tx:
        store = LinkStore(tx)
        first, second, third = (
            store.add(link) for link in (a_link("a"), a_link("b", "form:2", zhao), a_link("c", "form:2"))
        )
        assert [each.id for each in store.living(MORNING, 9)] == [third.id, second.id, first.id]
        assert [each.id for each in store.living(MORNING, 9, object="form:2")] == [third.id, second.id]
        renamed = Holder(HolderKind.PERSON, 7, "赵小敏")
        assert [each.id for each in store.living(MORNING, 9, holder=renamed)] == [second.id]
        assert [each.id for each in store.living(MORNING, 9, holder=LI)] == [third.id, first.id]
        assert store.latest_to("form:2") == third
        store.use_up("form:2", MORNING)
        assert [each.id for each in store.living(MORNING, 9)] == [first.id]
        assert store.living(MORNING + HOUR, 9) == []
        assert store.trim(MORNING + HOUR) == 0 and store.trim(MORNING + 2 * HOUR) == 3


def test_b2_log_forms_of_the_duty_mobile_that_had_no_link_yet(storage: Storage) -> None:
    call = a_call("node1-1.1")
    form = a_form(call.linkedid, origin=Origin.DUTY, node=call.node)
    with storage.writing() as tx:
        CallStore(tx).save([call], MORNING)
        [added] = FormStore(tx).add([form])
        LinkStore(tx).add(a_link("a", f"form:{added.id}1"))  # of another form, whose number begins alike
        assert [each.id for each in DutyFormStore(tx).without_link(form.called_at, 9)] == [added.id]
        LinkStore(tx).add(a_link("b", f"form:{added.id}"))
        assert DutyFormStore(tx).without_link(form.called_at, 9) == []
