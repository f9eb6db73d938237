"""A3: a phone that is set to forward calls is told of until it has rung again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hotline.domain.alert import Alert
from hotline.domain.calls.call import FORWARDS, Party, PartyKind, Ring
from hotline.services.alerts import reason_of
from hotline.services.ways_in import forwarding
from hotline.services.ways_in.alert_kinds import PHONE_FORWARDS
from hotline.settings import Home, Settings, load_settings
from hotline.storage.alerts import AlertStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.instance import at
from tests.support.sample_calls import bare_call

NOON = at("2026-11-23 12:00")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = Home(tmp_path_factory.mktemp("home"))
    home.create()
    home.settings_file.write_text('[operators.1001]\nname = "赵敏"\n[operators.1002]\nname = "钱伟"\n', "utf-8")
    return load_settings(home, environment={})


def ring(result: str, minute: int, extension: str = "1001") -> Ring:
    begun = NOON + timedelta(minutes=minute)
    return Ring(Party(PartyKind.OPERATOR, extension, "赵敏"), begun, begun, 0.0, 1, result)


def told(storage: Storage, settings: Settings, rings: Sequence[Ring], over: datetime | None = NOON) -> list[Alert]:
    with storage.writing() as tx:
        forwarding.watch(tx, settings, [replace(bare_call(), rings=tuple(rings), ended_at=over)], NOON)
    with storage.reading() as tx:
        return [alert for alert in AlertStore(tx).open() if alert.kind == PHONE_FORWARDS]


def test_it_is_told_at_once_and_once(storage: Storage, settings: Settings) -> None:
    assert told(storage, settings, [ring("answered", 0)]) == []
    alerts = told(storage, settings, [ring(FORWARDS, 1)], over=None)
    alerts = told(storage, settings, [ring(FORWARDS, 1), ring(FORWARDS, 2)], over=None)
    assert [alert.object for alert in alerts] == ["1001"]
    assert reason_of(alerts[0]).values == {"name": "赵敏", "last_at": NOON + timedelta(minutes=2)}
    with storage.reading() as tx:
        assert forwarding.forwarding(tx) == {"1001"}
        assert [entry.payload for entry in Outbox(tx).after(0, 9)] == [{"extension": "1001"}]


@pytest.mark.parametrize(
    ("rings", "over"),
    [
        ([ring("answered", 2)], True),
        ([ring("no_answer", 2)], True),
        ([ring(FORWARDS, 1), ring("answered", 2)], True),
        ([ring("failed", 2)], False),
        ([ring("answered", 0)], False),
        ([ring("answered", 2, "1002")], False),
    ],
)
def test_it_is_over_when_that_phone_has_rung(
    storage: Storage, settings: Settings, rings: list[Ring], over: bool
) -> None:
    assert told(storage, settings, [ring(FORWARDS, 1)])
    assert (told(storage, settings, rings) == []) is over


def test_a_phone_of_nobody_is_left_out(storage: Storage, settings: Settings) -> None:
    assert told(storage, settings, [ring(FORWARDS, 1, "9999")]) == []
