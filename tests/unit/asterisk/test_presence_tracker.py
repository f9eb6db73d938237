"""What Asterisk tells of operators, from frames to rows, and what the system tells Asterisk in return."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.asterisk.intake import Intake
from hotline.asterisk.presence import PresenceTracker
from hotline.asterisk.presence_events import (
    MemberChanged,
    MembersListed,
    PhoneChanged,
    PhoneListed,
    PhonesListed,
    PhoneUsed,
    QueuesReloaded,
)
from hotline.asterisk.presence_steward import AGAIN_AFTER, PresenceSteward
from hotline.domain.calls.call import Call, Consultation, Party, PartyKind, Talk
from hotline.domain.errors import StorageError
from hotline.domain.forms.form import FormState
from hotline.domain.operators.presence import (
    WRAP_UP,
    Activity,
    OperatorPresence,
    ShownState,
    Via,
    is_calling,
    shown_state,
)
from hotline.domain.operators.presence_projection import (
    PHONE_SETTLES,
    OrderKind,
    PresenceOrder,
    order_for,
    order_of_calling,
)
from hotline.services.calls import ledger
from hotline.services.consequences import consequences
from hotline.services.operators.presence import operator_view
from hotline.settings import Home, Settings, load_settings
from hotline.settings.calls import Operator
from hotline.storage.forms.store import FormStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.instance import StandingClock
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING, a_call

SITE = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
[queues.service]
name = "客户服务"
[queues.sales]
name = "销售"
members = ["1002"]
"""

ZHAO = Party(PartyKind.OPERATOR, "1001", "赵敏")
LISTED = MembersListed()


def member(
    queue: str = "service", extension: str = "1001", paused: str = "", present: bool = True, listed: bool = False
) -> MemberChanged:
    return MemberChanged(queue, extension, present, bool(paused), paused, listed)


NEW = Operator(name="孙丽", phone="webrtc")


class Site:
    """A tracker and a steward at work on a real database, beside an Asterisk that remembers."""

    def __init__(self, storage: Storage, settings: Settings) -> None:
        self.storage, self.settings, self.pbx, self.clock = storage, settings, RememberingPbx(), StandingClock(MORNING)
        self.orders: list[PresenceOrder] = []
        self.tracker = self.a_tracker()
        self.steward = PresenceSteward(
            storage, self.pbx, lambda: self.settings, self.clock, lambda: self.tracker.with_callers, print
        )

    def a_tracker(self) -> PresenceTracker:
        tracker = PresenceTracker(
            self.storage,
            "node1",
            lambda: self.settings.operators,
            lambda: (timedelta(seconds=60), timedelta(seconds=30)),
            self.clock,
        )
        tracker.tell(self.orders.extend, lambda extensions: None)
        return tracker

    def hear(self, *notices: object) -> None:
        self.tracker.hear(notices)  # type: ignore[arg-type]
        self.tracker.flush()

    def record(self, *calls: Call) -> None:
        also = (*consequences(self.settings), self.tracker.follow)
        ledger.record(self.storage, "node1", calls, [], lambda call: None, self.clock(), None, also)
        self.tracker.told()

    def row(self, extension: str = "1001") -> OperatorPresence:
        with self.storage.reading() as tx:
            found = PresenceStore(tx).get(extension)
        assert found is not None
        return found

    def pushed(self) -> list[str]:
        with self.storage.reading() as tx:
            entries = Outbox(tx).after(0, 1000)
        return [str(entry.payload["extension"]) for entry in entries if entry.topic == "operator"]

    def history(self) -> list[str]:
        with self.storage.reading() as tx:
            return [
                f"{c.extension} {c.state}{' ' + c.reason if c.reason else ''}"
                for c in PresenceStore(tx).changes(MORNING, MORNING + timedelta(days=1))
            ]


@pytest.fixture
def site(storage: Storage, tmp_path: Path) -> Site:
    home = Home(tmp_path)
    home.settings_file.write_text(SITE, "utf-8")
    return Site(storage, load_settings(home, environment={}))


def talking(linkedid: str = "n-1", over: bool = False) -> Call:
    talk = Talk(ZHAO, MORNING, MORNING + timedelta(seconds=60) if over else None)
    call = a_call(linkedid, talks=(talk,))
    return call if over else replace(call, ended_at=None, outcome=None, hang_up=None)


IN_USE, FREE = PhoneUsed("1001", True), PhoneUsed("1001", False)
AWAY = PhoneUsed("1001", False, reachable=False)


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (
            b"Event: QueueMemberAdded\nQueue: service\nInterface: PJSIP/1001\nPaused: 1\nPausedReason: meal",
            member(paused="meal"),
        ),
        (
            b"Event: QueueMemberRemoved\nQueue: service\nInterface: PJSIP/1001\nPaused: 0\nPausedReason: ",
            member(present=False),
        ),
        (b"Event: QueueMemberPause\nQueue: service\nInterface: PJSIP/1001\nPaused: 0\nPausedReason: ", member()),
        (b"Event: QueueMember\nQueue: service\nName: x\nLocation: PJSIP/1001\nPaused: 0", member(listed=True)),
        (b"Event: QueueStatusComplete\nEventList: Complete", LISTED),
        (b"Event: Reload\nModule: app_queue.so\nStatus: 0", QueuesReloaded()),
        (b"Event: EndpointList\nObjectName: 1001\nDeviceState: Not in use", PhoneListed("1001", True)),
        (b"Event: EndpointList\nObjectName: 1001\nDeviceState: Unavailable", PhoneListed("1001", False)),
        (b"Event: EndpointList\nObjectName: 1001\nDeviceState: In use", PhoneListed("1001", True, in_use=True)),
        (b"Event: DeviceStateChange\nDevice: PJSIP/1001\nState: RINGINUSE", PhoneUsed("1001", True)),
        (b"Event: DeviceStateChange\nDevice: PJSIP/1001\nState: NOT_INUSE", PhoneUsed("1001", False)),
        (b"Event: DeviceStateChange\nDevice: PJSIP/1001\nState: UNAVAILABLE", AWAY),
        (b"Event: DeviceStateChange\nDevice: PJSIP/1001\nState: INVALID", AWAY),
        (b"Event: EndpointListComplete\nEventList: Complete", PhonesListed()),
        (
            b"Event: ContactStatus\nURI: sip:1001@127.0.0.1\nContactStatus: Removed\nAOR: 1001",
            PhoneChanged("1001", gone=True),
        ),
        (
            b"Event: ContactStatus\nURI: sip:1001@127.0.0.1\nContactStatus: Reachable\nAOR: 1001",
            PhoneChanged("1001", gone=False),
        ),
    ],
)
def test_frames_say_what_they_say(frame: bytes, told: object) -> None:
    assert Intake().read([frame]).of_operators == [told]


@pytest.mark.parametrize(
    "frame",
    [
        b"Event: QueueMemberPause\nQueue: service",
        b"Event: QueueMember\nInterface: PJSIP/1001",
        b"Event: EndpointList\nDeviceState: x",
        b"Event: QueueMemberAdded\nQueue: \nInterface: PJSIP/1001",
    ],
)
def test_a_frame_without_what_it_always_has_is_counted(frame: bytes) -> None:
    intake = Intake()
    assert intake.read([frame]).of_operators == [] and intake.unreadable.total() == 1


def test_whom_asterisk_s_file_keeps_no_more_is_shown_in_no_queue(site: Site) -> None:
    """Asterisk tells of nobody whom a file that it read anew put in or took out."""
    site.hear(member(listed=True), member(extension="1002", queue="sales", listed=True), LISTED)
    wanted = [site.tracker.members_wanted]
    site.hear(QueuesReloaded())
    wanted.append(site.tracker.members_wanted)
    assert wanted == [False, True] and site.row("1002").queues == ("sales",)
    site.hear(member(paused="meal"), member(listed=True, paused="meal"), LISTED)
    assert site.row("1002").queues == () and site.row().queues == ("service",)


def test_nothing_is_shown_before_the_whole_picture_is_known(site: Site) -> None:
    with site.storage.writing() as tx:
        PresenceStore(tx).save([OperatorPresence("1001", MORNING, MORNING, ("service",), paused=True, reason="meal")])
    site.hear(member("sales"), member(listed=True, paused="meal"))
    assert site.pushed() == []
    site.hear(LISTED)
    assert (site.row().queues, site.row().reason) == (("service",), "meal")


def test_a_picture_replaces_all_that_was_known(site: Site) -> None:
    site.hear(member("sales", listed=True), member("service", listed=True), LISTED)
    assert site.row().queues == ("sales", "service")
    site.hear(LISTED)
    assert site.row().queues == () and site.history() == ["1001 ready", "1001 offline"]


@pytest.mark.parametrize(
    ("meanwhile", "state"),
    [
        (member(paused="meal"), ShownState.PAUSED),
        (member(present=False), ShownState.OFFLINE),
        (member("sales"), ShownState.READY),
    ],
)
def test_what_changes_while_the_picture_comes_is_newer_than_what_has_come(
    site: Site, meanwhile: MemberChanged, state: ShownState
) -> None:
    site.hear(member(listed=True), LISTED)
    site.tracker.booted(MORNING)
    site.hear(member(listed=True), meanwhile, member("sales", "1002", listed=True), LISTED)
    assert shown_state(site.row()) is state and site.row("1002").queues == ("sales",)
    assert ("sales" in site.row().queues) == (meanwhile.queue == "sales")


def test_what_has_changed_before_it_is_listed_is_as_listed(site: Site) -> None:
    site.hear(member(listed=True), LISTED)
    site.tracker.booted(MORNING)
    site.hear(member(paused="meal"), member(present=False), member(listed=True, paused="training"), LISTED)
    assert (shown_state(site.row()), site.row().reason) == (ShownState.PAUSED, "training")


def test_what_was_told_of_a_picture_that_broke_off_is_forgotten(site: Site) -> None:
    site.tracker.booted(MORNING)
    site.hear(member(listed=True), member(extension="1002"))
    site.tracker.booted(MORNING + timedelta(minutes=1))
    site.hear(member(listed=True), LISTED)
    site.hear(member(extension="1002", queue="sales", present=False))
    assert site.row().queues == ("service",)
    with site.storage.reading() as tx:
        assert PresenceStore(tx).get("1002") is None


def test_who_is_hired_is_followed_from_then_on_and_who_leaves_to_the_last(site: Site) -> None:
    """What was heard of them before counts: the phone was there, and a queue had them."""
    hired = site.settings.model_copy(update={"operators": {**site.settings.operators, "1003": NEW}})
    site.hear(PhoneListed("1003", True), PhonesListed(), member(extension="1003"), LISTED)
    site.hear(member(extension="1003"))
    assert "1003" not in site.pushed()
    before, site.settings = site.settings, hired
    site.tracker.flush()
    assert site.tracker.phones_wanted, "whether their phone is there is asked"
    assert (site.row("1003").queues, site.row("1003").reachable) == (("service",), True)
    site.settings = before
    site.hear(member(extension="1003", present=False))
    assert shown_state(site.row("1003")) is ShownState.OFFLINE and site.row("1003").queues == ()


def test_signing_in_at_a_phone_pausing_and_out(site: Site) -> None:
    site.hear(LISTED, member())
    assert (site.row().via, shown_state(site.row())) == ("phone", ShownState.READY)
    site.hear(member(paused="meal"))
    site.hear(member(paused="meal"))
    site.hear(member(present=False))
    assert site.history() == ["1001 ready", "1001 paused meal", "1001 offline"]
    assert site.pushed().count("1001") == 3, "what changes nothing is pushed to nobody"


def test_who_is_no_operator_of_the_settings_is_left_alone(site: Site) -> None:
    site.hear(member("service", "9999", listed=True), LISTED, member("service", "<script>"))
    with site.storage.reading() as tx:
        assert all(row.extension in ("1001", "1002") for row in PresenceStore(tx).all())


def test_an_old_console_does_not_own_who_signs_in_at_a_phone(site: Site) -> None:
    site.hear(LISTED)
    with site.storage.writing() as tx:
        PresenceStore(tx).seen("1001", "console", MORNING)
    site.clock.advance(seconds=31)
    site.hear(member())
    assert site.row().via == "phone"
    site.hear(member(present=False))
    with site.storage.writing() as tx:
        PresenceStore(tx).seen("1001", "console", site.clock())
    site.hear(member())
    assert site.row().via == "console"


def test_a_call_and_its_wrap_up(site: Site) -> None:
    site.hear(LISTED, member())
    site.record(talking())
    assert (site.row().activity, site.row().linkedid) == (Activity.TALKING, "n-1")
    assert site.tracker.with_callers == {"1001"}
    site.pbx.members = {("service", "1001"): (False, "")}
    site.steward.step()
    assert site.pbx.members == {("service", "1001"): (True, "wrap-up")}
    site.hear(member(paused="wrap-up"))
    site.record(talking(over=True))
    assert shown_state(site.row()) is ShownState.WRAP_UP
    assert site.row().wrap_up_until == MORNING + timedelta(seconds=60)
    site.steward.step()
    assert site.pbx.members[("service", "1001")] == (True, "wrap-up")
    site.clock.advance(seconds=60)
    site.steward.step()
    assert site.pbx.members == {("service", "1001"): (False, "")}


def test_a_form_that_is_done_in_mid_talk_leaves_nothing_to_wrap_up(site: Site) -> None:
    site.hear(LISTED, member())
    site.record(talking())
    with site.storage.writing() as tx:
        form = FormStore(tx).of_calls("node1", ["n-1"])["n-1"]
        assert FormStore(tx).update(replace(form, state=FormState.DONE, version=form.version + 1), form.version)
    site.hear(member(paused="wrap-up"))
    site.record(talking(over=True))
    assert site.row().wrap_up_until == site.clock()


def test_a_process_that_begins_in_mid_call_knows_of_it(site: Site) -> None:
    site.hear(LISTED, member())
    site.record(talking())
    site.tracker = site.a_tracker()
    site.hear(member(listed=True), LISTED)
    assert site.row().activity is Activity.TALKING and site.tracker.with_callers == {"1001"}


def test_a_call_that_ended_meanwhile_is_over(site: Site) -> None:
    site.hear(LISTED, member())
    site.record(talking())
    site.tracker = site.a_tracker()
    ledger.record(site.storage, "node1", [talking(over=True)], [], lambda call: None, site.clock())
    site.hear(member(listed=True), LISTED)
    assert site.row().activity is Activity.IDLE


def test_who_was_paused_before_asterisk_started_anew_is_paused_again(site: Site) -> None:
    site.hear(member(listed=True, paused="meal"), member("sales", "1002", listed=True), LISTED)
    site.clock.advance(seconds=10)
    site.tracker.booted(site.clock())
    site.hear(member(listed=True), member("sales", "1002", listed=True), LISTED)
    assert site.orders == [PresenceOrder("1001", OrderKind.PAUSE, "meal", "meal")]
    site.tracker.booted(site.clock() + timedelta(seconds=1))
    site.hear(member(listed=True), LISTED)
    assert len(site.orders) == 1, "the same start, told again"


def test_news_of_one_operator_is_acted_upon_without_a_look_at_the_others(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows come along as they were written: the database is not asked for them again."""
    monkeypatch.setattr("hotline.asterisk.presence_steward.monotonic", lambda: 100.0)
    site.tracker.tell(site.orders.extend, site.steward.look)
    site.hear(LISTED, member(), member("service", "1002"))
    site.pbx.members = {("service", "1001"): (False, ""), ("service", "1002"): (False, "")}
    site.steward.step()
    site.record(talking())
    with monkeypatch.context() as asked:
        asked.setattr(Storage, "reading", lambda storage: pytest.fail("the rows are known"))
        site.steward.step()
    assert site.pbx.members == {("service", "1001"): (True, WRAP_UP), ("service", "1002"): (False, "")}


def test_who_is_gone_is_looked_up_since_news_may_be_older_than_what_the_console_says(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotline.asterisk.presence_steward.monotonic", lambda: 100.0)
    site.hear(LISTED, member())
    site.pbx.members = {("service", "1001"): (False, "")}
    with site.storage.writing() as tx:
        PresenceStore(tx).seen("1001", "console", site.clock())
    site.steward.step()
    with site.storage.reading() as tx:
        rows = PresenceStore(tx).of(["1001"])
    site.clock.advance(seconds=30)
    site.steward.look(rows)
    site.steward.step()
    assert site.pbx.members == {("service", "1001"): (False, "")}
    site.steward.step()
    assert site.pbx.members == {}


def test_whoever_may_need_an_order_is_looked_after(storage: Storage) -> None:
    """The look at all leaves nobody out, whatever stands in their row."""
    grace, wrap_up, now = timedelta(seconds=30), timedelta(seconds=60), MORNING
    moments = (None, now - grace, now - grace + timedelta(seconds=1), now, now + timedelta(seconds=1))
    states = itertools.product(
        Activity, ((False, ""), (True, "meal"), (True, "calling:meal"), (True, WRAP_UP)), moments, Via
    )
    rows = [
        OperatorPresence(
            str(number),
            now,
            now,
            ("service",) if number % 7 else (),
            *paused,
            activity=activity,
            wrap_up_until=at if paused[1] == WRAP_UP else None,
            via=via,
            console_seen_at=at,
        )
        for number, (activity, paused, at, via) in enumerate(states, 1001)
    ]
    with storage.writing() as tx:
        PresenceStore(tx).save(rows)
        for row in rows:
            PresenceStore(tx).seen(row.extension, row.via, row.console_seen_at)
    with storage.reading() as tx:
        looked_after = {row.extension for row in PresenceStore(tx).to_look_after(now, now - grace)}
    for row in rows:
        order = order_of_calling(row, False, wrap_up) if is_calling(row) else order_for(row, True, grace, wrap_up, now)
        assert order is None or row.extension in looked_after, (row, order)
    assert 0 < len(looked_after) < len(rows)


def test_a_console_that_is_gone_is_signed_out_and_who_cannot_be_is_away(site: Site) -> None:
    site.hear(LISTED, member(), member("service", "1002"), member("sales", "1002"))
    signed_in = (("service", "1001"), ("service", "1002"), ("sales", "1002"))
    site.pbx.members = dict.fromkeys(signed_in, (False, ""))
    with site.storage.writing() as tx:
        for extension in ("1001", "1002"):
            PresenceStore(tx).seen(extension, "console", site.clock())
    site.clock.advance(seconds=29)
    site.steward.step()
    assert len(site.pbx.members) == 3
    site.clock.advance(seconds=1)
    site.steward.step()
    assert site.pbx.members == {("sales", "1002"): (True, "away")}, "the settings keep 1002 in sales"


def test_an_order_is_given_once_until_it_should_have_shown_effect(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = [100.0]
    monkeypatch.setattr("hotline.asterisk.presence_steward.monotonic", lambda: seconds[0])
    given: list[str] = []

    def pause(extension: str, paused: bool, reason: str, queue: str = "") -> None:
        given.append(extension)

    site.pbx.queue_pause = pause  # type: ignore[method-assign]
    site.hear(LISTED, member())
    site.record(talking())
    for _ in range(3):
        site.steward.step()
    assert given == ["1001"]
    seconds[0] += AGAIN_AFTER
    site.steward.step()
    assert given == ["1001", "1001"]


@pytest.mark.parametrize("over", [False, True])
def test_a_pause_that_the_row_does_not_have_yet_stays(site: Site, over: bool) -> None:
    """Begun as a talk begins, or as its wrap-up ends."""
    site.hear(LISTED, member())
    site.record(talking())
    if over:
        site.hear(member(paused=WRAP_UP))
        site.record(talking(over=True))
        site.clock.advance(seconds=61)
    site.pbx.members = {("service", "1001"): (True, "meal")}
    site.steward.step()
    assert site.pbx.members == {("service", "1001"): (True, "meal")}
    site.pbx.members = {("service", "1001"): (over, WRAP_UP if over else "")}
    site.steward._given.clear()
    site.steward.step()
    assert site.pbx.members == {("service", "1001"): ((False, "") if over else (True, WRAP_UP))}


def test_while_asterisk_or_the_database_is_away_the_steward_tries_on(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.hear(LISTED, member())
    site.record(talking())
    site.pbx.away = "Asterisk is away"
    site.steward.step()
    monkeypatch.setattr(site.storage, "reading", _raising(StorageError("away")))
    site.steward.step()


def _raising(error: Exception) -> Callable[[], None]:
    def away() -> None:
        raise error

    return away


def test_phones_that_can_be_rung_are_known(site: Site) -> None:
    site.hear(LISTED, PhoneListed("1001", True), PhoneListed("trunk", True), PhonesListed())
    assert site.row().reachable
    site.hear(PhoneChanged("1001", gone=False))
    assert site.tracker.phones_wanted
    site.hear(PhonesListed())
    assert not site.row().reachable


def test_a_phone_can_be_rung_as_soon_as_asterisk_says_so_though_the_picture_is_older(site: Site) -> None:
    """A browser is opened anew: the picture asked for at its contact still has the state before."""
    site.hear(LISTED, PhoneListed("1001", False), PhonesListed(), PhoneChanged("1001", gone=False))
    site.hear(PhoneListed("1001", False), FREE, PhonesListed())
    assert site.row().reachable
    site.hear(AWAY)
    assert not site.row().reachable
    site.hear(FREE)
    assert site.row().reachable


# ---- the phone itself


def settle(site: Site) -> None:
    site.clock.advance(seconds=PHONE_SETTLES.total_seconds())
    site.hear()


def test_nobody_is_ready_whose_phone_is_in_use(site: Site) -> None:
    """Whatever for: a colleague dialled by hand, a line that was not put down."""
    site.hear(member(listed=True), LISTED, IN_USE)
    assert shown_state(site.row()) is ShownState.READY, "which call it is for may still be told"
    settle(site)
    assert shown_state(site.row()) is ShownState.BUSY
    site.hear(FREE)
    assert shown_state(site.row()) is ShownState.READY
    assert site.history() == ["1001 ready", "1001 busy", "1001 ready"]


def test_a_phone_that_was_in_use_all_along_is_known_by_the_picture(site: Site) -> None:
    site.hear(member(listed=True), LISTED, PhoneListed("1001", True, in_use=True), PhonesListed())
    settle(site)
    assert shown_state(site.row()) is ShownState.BUSY


def test_before_and_after_a_call_the_phone_says_nothing_new(site: Site) -> None:
    """It is in use a moment before the call is told, and a moment after."""
    site.hear(member(listed=True), LISTED, IN_USE)
    site.record(talking())
    settle(site)
    assert shown_state(site.row()) is ShownState.TALKING
    site.record(talking(over=True))
    site.hear(FREE)
    assert [entry for entry in site.history() if "busy" in entry] == []


def test_a_phone_left_in_a_call_that_is_over_is_in_use(site: Site) -> None:
    site.hear(member(listed=True), LISTED, IN_USE)
    site.record(talking())
    site.record(talking(over=True))
    settle(site)
    assert shown_state(site.row()) is ShownState.BUSY


def test_whoever_is_consulted_is_busy_and_writes_nothing_up(site: Site) -> None:
    """A12: the caller is not theirs yet."""
    site.hear(member(listed=True), member(extension="1002", listed=True), LISTED)
    asked = Consultation(ZHAO, Party(PartyKind.OPERATOR, "1002", "钱伟"), MORNING, MORNING, None)
    site.record(replace(talking(), consultations=(asked,)))
    assert shown_state(site.row("1002")) is ShownState.BUSY
    site.steward.step()
    assert not site.pbx.members.get(("service", "1002"), (False, ""))[0]
    with site.storage.reading() as tx:
        assert operator_view(tx, site.settings, "1002").busy_with == "赵敏"
    site.record(replace(talking(), consultations=(replace(asked, ended_at=MORNING),)))
    assert shown_state(site.row("1002")) is ShownState.READY
