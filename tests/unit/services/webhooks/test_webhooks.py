"""Other systems are told what happens here: once each, signed, again when they do not answer; over real HTTP."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.people import Actor, Role
from hotline.domain.webhooks.webhook import DeliveryState
from hotline.services.alerts import open_alerts
from hotline.services.webhooks import administration as admin
from hotline.services.webhooks.administration import MOST, OVERLAP, WantedHook
from hotline.services.webhooks.gathering import gather
from hotline.services.webhooks.jobs import forget_old
from hotline.services.webhooks.sending import Sending
from hotline.storage.webhooks.deliveries import WebhookDeliveryStore, WebhookEventStore
from hotline.storage.webhooks.store import WebhookStore
from tests.support.killed import killed_at
from tests.support.sample_calls import answered_call, bare_call, talking_call
from tests.unit.services.webhooks.conftest import ADMIN, ALL_OF_CALLS, Hooks

GIVEN_UP, DONE, WAITING = DeliveryState.FAILED, DeliveryState.DELIVERED, DeliveryState.WAITING


def test_a_call_is_told_at_each_step_once_signed_and_masked(hooks: Hooks) -> None:
    hook = hooks.add()
    call = answered_call("node1-1.2")
    hooks.happens(bare_call("node1-1.2"))
    hooks.happens(replace(talking_call("node1-1.2"), caller=call.caller))
    hooks.happens(call)
    hooks.happens(call)  # the ledger writes a call as often as it likes
    assert hooks.run() == 3 and hooks.run() == 0
    hooks.happens(call)
    assert hooks.run() == 0
    assert [each.said["type"] for each in hooks.got] == ["call.started", "call.answered", "call.ended"]
    assert len({each.key for each in hooks.got}) == 3
    assert all(each.is_signed_with(hooks.secrets[hook.id]) for each in hooks.got)
    told = hooks.got[-1].said["data"]["call"]
    assert told["linkedid"] == "node1-1.2" and told["outcome"] == "answered" and told["ended_at"].endswith("Z")
    assert "13800138000" not in hooks.got[-1].body.decode() and told["caller_number"].endswith("8000")


def test_only_who_is_trusted_is_told_numbers_whole(hooks: Hooks) -> None:
    hooks.add("call.ended", whole_numbers=True)
    hooks.happens(answered_call())
    hooks.run()
    assert hooks.got[0].said["data"]["call"]["caller_number"] == "+8613800138000"


def test_a_hook_is_told_what_it_wants_of_what_began_after_it(hooks: Hooks) -> None:
    hooks.happens(bare_call("node1-1.1"))
    hooks.advance(hours=2)
    hooks.add("call.ended")
    hooks.happens(answered_call("node1-1.1"))  # began before
    later = hooks.now + timedelta(minutes=1)
    hooks.happens(bare_call("node1-1.2", later), answered_call("node1-1.3", later))
    assert hooks.run() == 1
    assert hooks.got[0].said["data"]["call"]["linkedid"] == "node1-1.3"


def test_without_a_hook_nothing_is_kept_and_nothing_from_before_is_told(hooks: Hooks) -> None:
    hooks.happens(answered_call("node1-1.1"))
    assert gather(hooks.storage, hooks.now) == 0
    hook = hooks.add()
    admin.switch_hook(hooks.storage, hook.id, False, ADMIN, hooks.now)
    hooks.happens(answered_call("node1-1.2"))
    assert hooks.run() == 0
    admin.switch_hook(hooks.storage, hook.id, True, ADMIN, hooks.now)
    assert hooks.run() == 0
    with hooks.storage.reading() as tx:
        assert WebhookEventStore(tx).known({"call.ended:1", "call.ended:2"}) == set()


@pytest.mark.parametrize("status", [500, 503, 404, 400, 302, 301, 204])
def test_what_was_not_taken_goes_again_with_the_same_id(hooks: Hooks, status: int) -> None:
    hook = hooks.add("call.ended")
    hooks.receiver.answers = [(status, "https://elsewhere.example.com/"), (200, "ok")]
    hooks.happens(answered_call())
    assert hooks.run() == 1
    taken = status == 204
    assert hooks.states(hook) == [DONE if taken else WAITING]
    hooks.advance(minutes=1)
    assert hooks.run() == (0 if taken else 1)
    assert hooks.states(hook) == [DONE] and len({each.key for each in hooks.got}) == 1
    assert hooks.again(hook).failing_since is None


def test_a_receiver_that_breaks_off_or_is_away_keeps_nothing_else_back(hooks: Hooks) -> None:
    bad = hooks.add("call.ended")
    good = hooks.add("call.ended")
    with hooks.storage.writing() as tx:
        WebhookStore(tx).change(bad.id, url="http://127.0.0.1:1/")
    hooks.happens(answered_call())
    hooks.run()
    assert hooks.states(bad) == [WAITING] and hooks.states(good) == [DONE]
    hooks.receiver.answers = [(200, "")]
    hooks.happens(answered_call("node1-1.9"))
    hooks.run()
    with hooks.storage.reading() as tx:
        [latest, _first] = WebhookDeliveryStore(tx).latest(good.id, 9)
    assert latest.state is WAITING and latest.problem is not None and latest.problem.code == "outgoing.not_answered"


def test_it_is_given_up_after_the_tries_and_sent_again_by_hand(hooks: Hooks) -> None:
    hook = hooks.add("call.ended")
    hooks.receiver.answers = [(500, "no")]
    hooks.happens(answered_call())
    for _ in range(hooks.hotline.settings.webhooks.attempts):
        hooks.run()
        hooks.advance(hours=6, minutes=1)
        with hooks.storage.writing() as tx:  # a hook that has failed for days is off: that is another test's
            WebhookStore(tx).change(hook.id, active=True, failing_since=None)
    assert len(hooks.got) == hooks.hotline.settings.webhooks.attempts and hooks.states(hook) == [GIVEN_UP]
    hooks.receiver.answers = [(200, "ok")]
    assert hooks.run() == 0
    with hooks.storage.reading() as tx:
        [failed] = WebhookDeliveryStore(tx).latest(hook.id, 9)
    assert admin.send_again(hooks.storage, hook.id, failed.id, None, ADMIN, hooks.now) == 1
    assert hooks.run() == 1 and hooks.states(hook) == [DONE]
    assert admin.send_again(hooks.storage, hook.id, None, hooks.now + timedelta(days=1), ADMIN, hooks.now) == 0
    assert admin.send_again(hooks.storage, hook.id, None, hooks.now - timedelta(days=9), ADMIN, hooks.now) == 1
    assert hooks.run() == 1 and len({each.key for each in hooks.got}) == 1


def test_an_address_that_fails_is_asked_ever_more_rarely_whatever_waits(hooks: Hooks) -> None:
    hook = hooks.add("call.ended")
    hooks.receiver.answers = [(500, "no")]
    for number in range(30):
        hooks.happens(answered_call(f"node1-1.{number}"))
    for _ in range(60):
        hooks.run()
        hooks.advance(seconds=10)
    asked = len(hooks.got)
    assert asked < 20
    hooks.receiver.answers = [(200, "ok")]
    hooks.advance(hours=7)
    assert hooks.run() == 30 and set(hooks.states(hook)) == {DONE}


def test_after_days_of_failures_it_is_switched_off_with_an_alert_that_ends(hooks: Hooks) -> None:
    hook = hooks.add("call.ended")
    hooks.receiver.answers = [(500, "no")]
    hooks.happens(answered_call())
    for _ in range(3 * 24 // 6 + 1):
        hooks.run()
        hooks.advance(hours=6, minutes=1)
    off = hooks.again(hook)
    assert not off.active and off.off_why is not None and off.off_why.code == "webhooks.failing"
    [alert] = open_alerts(hooks.storage)
    assert (alert.kind, alert.object) == ("webhook_off", str(hook.id))
    assert hooks.run() == 0
    hooks.receiver.answers = [(200, "ok")]
    admin.switch_hook(hooks.storage, hook.id, True, ADMIN, hooks.now)
    hooks.advance(hours=7)
    assert hooks.run() == 1 and hooks.states(hook) == [DONE] and open_alerts(hooks.storage) == []


def test_who_wants_nothing_any_more_says_410(hooks: Hooks) -> None:
    hook = hooks.add("call.ended")
    hooks.receiver.answers = [(410, "gone")]
    hooks.happens(answered_call())
    hooks.run()
    assert not hooks.again(hook).active
    assert [alert.kind for alert in open_alerts(hooks.storage)] == ["webhook_off"]


@pytest.mark.parametrize(
    ("place", "step", "after", "arrived"),
    [
        (WebhookStore, "advance", False, 0),
        (WebhookStore, "advance", True, 0),
        (WebhookEventStore, "add", True, 0),
        (WebhookDeliveryStore, "claim", True, 0),
        (Sending, "_post", False, 0),
        (Sending, "_post", True, 1),
        (Sending, "_note", False, 1),
        (Sending, "_note", True, 1),
    ],
)
def test_killed_on_the_way_nothing_is_lost_and_twice_is_known_by_its_id(
    hooks: Hooks, place: Any, step: str, after: bool, arrived: int
) -> None:
    hook = hooks.add("call.ended")
    hooks.happens(answered_call())
    hooks.storage.close()
    killed_at(place, step, after, hooks.run)
    assert len(hooks.got) == arrived
    hooks.advance(hours=1)
    hooks.run()
    assert hooks.run() == 0 and hooks.states(hook) == [DONE]
    assert len(hooks.got) in (1, 2) and len({each.key for each in hooks.got}) == 1


def test_two_that_do_the_same_tell_once(hooks: Hooks) -> None:
    hook = hooks.add()
    hooks.happens(*(answered_call(f"node1-1.{number}") for number in range(40)))

    def work(_: int) -> None:
        gather(hooks.storage, hooks.now)
        while hooks.sending.send_next(str(hook.id)):
            pass

    with ThreadPoolExecutor(4) as four:
        list(four.map(work, range(4)))
    hooks.run()
    assert len(hooks.got) == 80 == len({each.key for each in hooks.got})


def test_a_secret_is_renewed_without_a_gap(hooks: Hooks) -> None:
    hook = hooks.add("call.ended")
    before = hooks.secrets[hook.id]
    after = admin.renew_secret(hooks.storage, hooks.hotline.secrets.webhook_root, hook.id, ADMIN, hooks.now)
    hooks.happens(answered_call("node1-1.1"))
    hooks.run()
    assert hooks.got[0].is_signed_with(before) and hooks.got[0].is_signed_with(after) and before != after
    hooks.advance(seconds=OVERLAP.total_seconds())
    hooks.happens(answered_call("node1-1.2", hooks.now))
    hooks.run()
    assert hooks.got[1].is_signed_with(after) and not hooks.got[1].is_signed_with(before)


def test_private_networks_are_reached_only_where_they_are_allowed(hooks: Hooks) -> None:
    """Also by a name that leads there, which nobody can know when it is added (SSRF)."""
    hook = hooks.add("call.ended")
    port = hooks.receiver.url.split(":")[2]
    hooks.happens(answered_call())
    nowhere = hooks.hotline.settings.model_copy(
        update={"webhooks": hooks.hotline.settings.webhooks.model_copy(update={"private_networks": ()})}
    )
    guarded = Sending(hooks.storage, lambda: nowhere, hooks.hotline.secrets.webhook_root, hooks.hotline.clock)
    gather(hooks.storage, hooks.now)
    for address in (hooks.receiver.url, f"http://localhost:{port}", f"http://[::ffff:127.0.0.1]:{port}"):
        with hooks.storage.writing() as tx:
            WebhookStore(tx).change(hook.id, url=address, paused_until=None)
        guarded.send_next(str(hook.id))
        with hooks.storage.reading() as tx:
            [delivery] = WebhookDeliveryStore(tx).latest(hook.id, 9)
        assert delivery.problem is not None and delivery.problem.code == "outgoing.private"
        hooks.advance(hours=7)
    assert hooks.got == []
    wanted = WantedHook("https://127.0.0.1/", ALL_OF_CALLS, "", False)
    with pytest.raises(Refused, match=r"webhooks\.private_address"):
        admin.add_hook(hooks.storage, nowhere, "root", wanted, ADMIN, hooks.now)


def test_what_is_told_is_read_when_it_is_sent_and_goes_with_the_data(hooks: Hooks) -> None:
    """G3: what was deleted is not told, and nothing of a person waits in the tables of web hooks."""
    hook = hooks.add("call.ended")
    hooks.happens(answered_call())
    gather(hooks.storage, hooks.now)
    with hooks.storage.writing() as tx:
        tx.connection.exec_driver_sql("DELETE FROM call")
    hooks.run()
    assert hooks.states(hook) == [DeliveryState.GONE] and hooks.got == []


def test_old_events_go_after_the_days_that_they_are_kept(hooks: Hooks) -> None:
    hook = hooks.add("call.ended")
    hooks.happens(answered_call())
    hooks.run()
    assert forget_old(hooks.storage, 14, hooks.now + timedelta(days=13)) == 0
    assert forget_old(hooks.storage, 14, hooks.now + timedelta(days=15)) == 1
    assert hooks.states(hook) == []


def test_a_test_is_sent_to_this_hook_alone(hooks: Hooks) -> None:
    first, second = hooks.add("call.ended"), hooks.add("call.ended")
    admin.send_ping(hooks.storage, second.id, ADMIN, hooks.now)
    assert hooks.run() == 1
    assert hooks.got[0].said["type"] == "ping" and hooks.got[0].said["data"] == {}
    assert (hooks.states(first), hooks.states(second)) == ([], [DONE])
    admin.switch_hook(hooks.storage, second.id, False, ADMIN, hooks.now)
    with pytest.raises(Refused, match=r"webhooks\.is_off"):
        admin.send_ping(hooks.storage, second.id, ADMIN, hooks.now)


@pytest.mark.parametrize("events", [(), ("call.ended", "call.stolen"), ("ping",)])
def test_what_is_no_event_is_refused(hooks: Hooks, events: tuple[str, ...]) -> None:
    wanted = WantedHook(hooks.receiver.url, events, "", False)
    with pytest.raises(Refused) as refused:
        admin.add_hook(hooks.storage, hooks.hotline.settings, "root", wanted, ADMIN, hooks.now)
    assert (refused.value.code, refused.value.field) == ("webhooks.no_events", "events")


def test_there_are_only_so_many_and_removed_is_removed(hooks: Hooks) -> None:
    made = [hooks.add("call.ended") for _ in range(MOST)]
    with pytest.raises(Refused, match=r"webhooks\.too_many"):
        hooks.add("call.ended")
    hooks.happens(answered_call())
    gather(hooks.storage, hooks.now)
    admin.remove_hook(hooks.storage, made[0].id, ADMIN, hooks.now)
    with pytest.raises(NotFound):
        admin.see_hook(hooks.storage, made[0].id, None, ADMIN, hooks.now)
    assert hooks.run() == MOST - 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_others_may_nothing(hooks: Hooks, role: Role) -> None:
    hook = hooks.add("call.ended")
    other = Actor("other", (role,), "Other")
    with pytest.raises(Forbidden):
        admin.see_hook(hooks.storage, hook.id, None, other, hooks.now)
    with pytest.raises(Forbidden):
        admin.renew_secret(hooks.storage, "root", hook.id, other, hooks.now)
