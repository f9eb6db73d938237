"""A callback is dialled from the list by whoever has taken it (A3, A9, E7, E10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.customers.customer import Customer, read_number
from hotline.domain.dialling.dial import Dial
from hotline.domain.numbers import Number
from hotline.domain.operators.presence import OperatorPresence
from hotline.domain.people import Role
from hotline.storage.accounts.users import UserStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.operators.store import PresenceStore
from tests.support.sample_calls import abandoned_call
from tests.support.web import Web, a_web, post

TRUNK = '[callback_trunk]\nhost = "192.0.2.7"\nnumber = "01088886666"\n'
NUMBER = "+8613912345678"
BUTTON = 'action="/callbacks/1/dial'


def a_site(folder: Path, more: str) -> Web:
    """One callback is owed, and 1001 is ready."""
    web = a_web(folder, more)
    queued = web.now - timedelta(minutes=5)
    web.keep(abandoned_call("c-1", queued, NUMBER))
    owed = Callback(
        "node1", "c-1", "main", Number(NUMBER), CallbackReason.ABANDONED, queued, queued + timedelta(minutes=30)
    )
    with web.hotline.storage.writing() as tx:
        CallbackStore(tx).open(owed)
        PresenceStore(tx).save([OperatorPresence("1001", web.now, web.now, ("service",), reachable=True)])
    return web


def zhao(web: Web) -> FlaskClient:
    client = web.signed_in(Role.OPERATOR, username="zhao")
    with web.hotline.storage.writing() as tx:
        user = UserStore(tx).by_username("zhao")
        assert user is not None
        UserStore(tx).update(replace(user, extension="1001"))
    return client


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_site(tmp_path, TRUNK)


def dials(web: Web) -> list[Dial]:
    with web.hotline.storage.reading() as tx:
        return DialStore(tx).of_object("callback", 1)


def dial(client: FlaskClient, **fields: str) -> str:
    return client.get(post(client, "/callbacks/1/dial", "/callbacks", **fields).location).text


def test_who_has_taken_it_dials_it_by_one_click(web: Web) -> None:
    client = zhao(web)
    assert BUTTON not in client.get("/callbacks").text
    post(client, "/callbacks/1/take", "/callbacks")
    assert BUTTON in client.get("/callbacks").text
    assert "您的话机正在振铃" in dial(client)
    [begun] = dials(web)
    assert (begun.extension, begun.number, begun.reason) == ("1001", NUMBER, "排队中放弃")
    [asked] = [step for step in web.pbx.acts if step[0] == "begin_dial"]
    assert "13912345678" in ":".join(asked)
    assert "拨打" in dial(client) and len(dials(web)) == 1


def test_who_has_not_taken_it_dials_nobody(web: Web) -> None:
    client = zhao(web)
    page = post(client, "/callbacks/1/dial", "/callbacks")
    assert page.status_code == 302 and "您的话机正在振铃" not in client.get(page.location).text
    assert dials(web) == []


def test_e7_in_rest_time_only_at_a_time_that_the_customer_named(web: Web) -> None:
    client = zhao(web)
    post(client, "/callbacks/1/take", "/callbacks")
    web.clock.advance(hours=2)  # 12:30
    assert "E7" in dial(client) and dials(web) == []
    assert "您的话机正在振铃" in dial(client, named_time="yes") and len(dials(web)) == 1


def test_e10_who_wants_no_calls_is_called_only_as_they_asked(web: Web) -> None:
    unwilling = Customer(
        name="王丽", do_not_call=True, numbers=(read_number(NUMBER),), created_at=web.now, updated_at=web.now
    )
    with web.hotline.storage.writing() as tx:
        CustomerStore(tx).add(unwilling)
    client = zhao(web)
    post(client, "/callbacks/1/take", "/callbacks")
    assert "E10" in dial(client) and dials(web) == []


def test_without_a_callback_trunk_it_is_dialled_on_another_phone(tmp_path: Path) -> None:
    web = a_site(tmp_path, "")
    client = zhao(web)
    post(client, "/callbacks/1/take", "/callbacks")
    page = client.get("/callbacks").text
    assert BUTTON not in page and "使用其他电话" in page
