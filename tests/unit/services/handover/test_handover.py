"""A shift handed over (F6) on a clock that is set: what is listed, what passes, a call in its midst, and what is
missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.errors import Conflict, Forbidden, Refused
from hotline.domain.forms.form import FormState
from hotline.domain.operators.presence import Activity, OperatorPresence
from hotline.domain.people import Role
from hotline.services.handover import handover
from hotline.services.handover.seeing import see_all, see_own
from hotline.services.handover.watching import tell_missing
from hotline.services.waiting import waiting_of
from hotline.storage.forms.store import FormStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.our_people import plan, somebody
from tests.support.rows import a_call
from tests.support.sample_forms import open_form

NOW = at("2026-11-16 17:20:00")
DAY_ENDS, EVENING_BEGINS = at("2026-11-16 17:30:00"), at("2026-11-16 17:00:00")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Desk:
    """Zhao's shift ends 17:30; Qian is there from 17:00 on."""

    def __init__(self, storage: Storage, folder: Path) -> None:
        self.storage, self.settings = storage, an_instance(folder, NOW, "", storage).settings
        self.boss, self.boss_id = somebody(storage, "boss", "周主管", NOW, Role.SUPERVISOR)
        self.zhao, self.zhao_id = somebody(storage, "zhao", "赵敏", NOW, extension="1001")
        self.qian, self.qian_id = somebody(storage, "qian", "钱伟", NOW, extension="1002")
        plan(storage, self.zhao_id, "赵敏", at("2026-11-16 09:00:00"), DAY_ENDS)
        plan(storage, self.qian_id, "钱伟", EVENING_BEGINS, at("2026-11-16 22:00:00"))

    def record(self, linkedid: str) -> int:
        """An open log form of Zhao's; its id."""
        with self.storage.writing() as tx:
            made = FormStore(tx).add([open_form(a_call(linkedid, NOW - HOUR), NOW - HOUR, owner="1001")])
        assert made[0].id is not None
        return made[0].id

    def owner_of(self, form_id: int) -> str:
        with self.storage.reading() as tx:
            form = FormStore(tx).by_id(form_id)
        assert form is not None and form.state is FormState.OPEN
        return form.owner

    def talks(self, linkedid: str) -> None:
        with self.storage.writing() as tx:
            PresenceStore(tx).save(
                [
                    OperatorPresence(
                        "1001",
                        NOW,
                        NOW,
                        queues=("service",),
                        activity=Activity.TALKING,
                        node="node1",
                        linkedid=linkedid,
                        activity_since=NOW,
                    )
                ]
            )

    def hand_over(
        self, words: str = "客户等回复", passing: set[tuple[str, int]] | None = None, to: int | None = None
    ) -> int:
        return handover.hand_over(self.storage, words, passing or set(), to, self.zhao, NOW).id or 0

    def told(self, person_id: int) -> list[str]:
        with self.storage.reading() as tx:
            return [each.kind for each in NotificationStore(tx).of_person(person_id)]


@pytest.fixture
def desk(storage: Storage, tmp_path: Path) -> Desk:
    return Desk(storage, tmp_path)


def test_the_next_reads_and_accepts_and_what_was_ticked_is_theirs(desk: Desk) -> None:
    passing, staying = desk.record("c1"), desk.record("c2")
    own = see_own(desk.storage, desk.zhao, NOW)
    assert {each.id for each in own.matters} == {passing, staying}
    assert own.shift is not None and own.shift.ends_at == DAY_ENDS and own.next_people == ["钱伟"]
    made = desk.hand_over(passing={("record", passing)})
    assert desk.told(desk.qian_id) == ["shift_handed_over"]
    assert waiting_of(desk.storage, desk.qian, ["handovers"], NOW) == {"handovers": 1}
    assert waiting_of(desk.storage, desk.zhao, ["handovers"], NOW) == {}
    assert desk.owner_of(passing) == "1001", "until it is accepted it stays whose it was (B7)"
    seen = see_own(desk.storage, desk.qian, NOW)
    assert [each.words for each in seen.waiting] == ["客户等回复"] and len(seen.waiting[0].matters) == 2
    assert handover.accept(desk.storage, made, "收到", desk.qian, NOW + MINUTE) == 1
    assert (desk.owner_of(passing), desk.owner_of(staying)) == ("1002", "1001")
    assert desk.told(desk.zhao_id) == ["handover_accepted"]
    with pytest.raises(Conflict) as refused:
        handover.accept(desk.storage, made, "", desk.boss, NOW + MINUTE)
    assert refused.value.code == "handover.accepted_already"
    assert see_own(desk.storage, desk.zhao, NOW).done


def test_in_the_middle_of_a_call_its_record_stays_with_who_talks(desk: Desk) -> None:
    before, talked = desk.record("c1"), desk.record("live")
    desk.talks("live")
    assert [each.id for each in see_own(desk.storage, desk.zhao, NOW).matters] == [before]
    made = desk.hand_over(passing={("record", before), ("record", talked)})
    assert handover.accept(desk.storage, made, "", desk.qian, NOW + MINUTE) == 1
    assert (desk.owner_of(before), desk.owner_of(talked)) == ("1002", "1001")
    with desk.storage.reading() as tx:
        presence = PresenceStore(tx).get("1001")
    assert presence is not None and presence.activity is Activity.TALKING


def test_a_call_that_begins_between_hand_over_and_acceptance_changes_nothing(desk: Desk) -> None:
    before = desk.record("c1")
    made = desk.hand_over(passing={("record", before)})
    desk.talks("c1")
    assert handover.accept(desk.storage, made, "", desk.qian, NOW + MINUTE) == 0
    assert desk.owner_of(before) == "1001"


def test_what_became_somebody_elses_meanwhile_does_not_pass(desk: Desk) -> None:
    form_id = desk.record("c1")
    made = desk.hand_over(passing={("record", form_id)})
    with desk.storage.writing() as tx:
        form = FormStore(tx).by_id(form_id)
        assert form is not None
        assert FormStore(tx).update(replace(form, owner="1009", version=form.version + 1), form.version)
    assert handover.accept(desk.storage, made, "", desk.qian, NOW) == 0
    assert desk.owner_of(form_id) == "1009"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "handover.words"),
        ("请回 13800138000", "handover.number_in_words"),
        ("请回 ０７５５－１２３４５６７８", "handover.number_in_words"),
        ("长" * 4001, "handover.too_long"),
    ],
)
def test_what_is_no_hand_over_is_refused(desk: Desk, words: str, code: str) -> None:
    desk.record("c1")
    with pytest.raises(Refused) as refused:
        desk.hand_over(words)
    assert refused.value.code == code
    assert desk.told(desk.qian_id) == []


def test_with_nothing_open_no_words_are_needed_and_dates_are_no_numbers(desk: Desk) -> None:
    desk.hand_over("")
    with pytest.raises(Conflict):
        desk.hand_over("又一次")
    desk.record("c1")
    other = handover.hand_over(desk.storage, "工单 20261122-001 等 2026-11-20 18:00 回复", set(), None, desk.qian, NOW)
    assert other.shift_ends_at is not None


def test_one_that_is_for_somebody_is_theirs_alone(desk: Desk) -> None:
    made = desk.hand_over(to=desk.boss_id)
    assert desk.told(desk.qian_id) == [] and desk.told(desk.boss_id) == ["shift_handed_over"]
    for actor in (desk.qian, desk.zhao):
        with pytest.raises(Forbidden):
            handover.accept(desk.storage, made, "", actor, NOW)
    with pytest.raises(Refused) as refused:
        handover.hand_over(desk.storage, "x", set(), desk.qian_id, desk.qian, NOW)
    assert refused.value.code == "handover.to_oneself"


def test_a_missing_one_is_told_of_once_to_them_and_who_supervises(desk: Desk) -> None:
    due = DAY_ENDS + 30 * MINUTE
    assert tell_missing(desk.storage, desk.settings, due - MINUTE) == 0
    assert tell_missing(desk.storage, desk.settings, due) == 2
    assert tell_missing(desk.storage, desk.settings, due + HOUR) == 0
    assert desk.told(desk.zhao_id) == desk.told(desk.boss_id) == ["handover_missing"]
    seen = see_all(desk.storage, desk.boss, NOW - 24 * HOUR, NOW + 24 * HOUR, due)
    assert [(each.person, each.ends_at) for each in seen.missing] == [("赵敏", DAY_ENDS)]


def test_one_that_nobody_accepts_is_told_of_too(desk: Desk) -> None:
    desk.hand_over(to=desk.qian_id)
    assert tell_missing(desk.storage, desk.settings, DAY_ENDS + 31 * MINUTE) == 2
    assert "handover_not_accepted" in desk.told(desk.qian_id) and "handover_not_accepted" in desk.told(desk.boss_id)
    assert tell_missing(desk.storage, desk.settings, DAY_ENDS + 40 * MINUTE) == 0


def _missing(desk: Desk, until: datetime) -> list[str]:
    seen = see_all(desk.storage, desk.boss, NOW - 48 * HOUR, until, until)
    return [each.person for each in seen.missing]


def test_who_works_on_or_is_the_last_hands_over_to_nobody(desk: Desk) -> None:
    """Qian's evening is the last of the day and of the plan; Zhao goes on in a second shift."""
    plan(desk.storage, desk.zhao_id, "赵敏", DAY_ENDS, at("2026-11-16 20:00:00"))
    assert _missing(desk, DAY_ENDS + HOUR) == []
    assert _missing(desk, at("2026-11-16 21:00:00")) == ["赵敏"]
    assert _missing(desk, at("2026-11-17 06:00:00")) == ["赵敏"]


def test_drafts_and_the_duty_mobile_are_no_shifts_to_hand_over(desk: Desk) -> None:
    ends = at("2026-11-16 16:00:00")
    plan(desk.storage, desk.boss_id, "周主管", at("2026-11-16 09:00:00"), ends, published_at=None)
    plan(desk.storage, desk.boss_id, "周主管", at("2026-11-16 09:00:00"), ends, duty=True, numbers=("+8613800138001",))
    assert _missing(desk, NOW) == []


def test_whose_list_it_is(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        see_all(desk.storage, desk.zhao, NOW - HOUR, NOW, NOW)
    with pytest.raises(Refused):
        see_all(desk.storage, desk.boss, NOW - timedelta(days=400), NOW, NOW)
