"""Links that let somebody in who has no account: what they are worth to whom, and what is kept of them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from hotline.domain.errors import Forbidden, Refused
from hotline.domain.links.link import Holder, HolderKind, LinkState
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Person
from hotline.services.accounts.accounts import add_user
from hotline.services.links import links
from hotline.services.links.links import NewLink
from hotline.settings import Home, Settings, load_settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.alerts import AlertStore
from hotline.storage.audit import AuditLog
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.instance import at

NOW = at("2026-11-16 10:30:00")
HOUR = timedelta(hours=1)
ZHAO = Holder(HolderKind.PERSON, 7, "赵敏")
QIAN = Holder(HolderKind.PERSON, 8, "钱伟")
ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "Admin")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return _settings(tmp_path_factory, '[web]\npublic_url = "https://hotline.example.com"\n')


@pytest.fixture(scope="module")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Without an address of our own."""
    return _settings(tmp_path_factory, "")


@pytest.fixture(autouse=True)
def all_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level(logging.DEBUG):
        yield


def _settings(folders: pytest.TempPathFactory, more: str) -> Settings:
    home = Home(folders.mktemp("home"))
    home.create()
    home.settings_file.write_text(more, "utf-8")
    return load_settings(home, environment={})


def make(
    storage: Storage,
    settings: Settings,
    object: str = "form:1",
    holder: Holder = ZHAO,
    one_use: bool = True,
    one_browser: bool = True,
) -> NewLink:
    with storage.writing() as tx:
        return links.make_link(
            tx,
            settings,
            "duty",
            object,
            holder,
            by="boss",
            expires_at=NOW + HOUR,
            now=NOW,
            one_use=one_use,
            one_browser=one_browser,
        )


def state(storage: Storage, made: NewLink, browser: str = "", now: datetime = NOW) -> LinkState | None:
    found = links.look(storage, made.token, browser, now)
    return found.state if found else None


def opened(storage: Storage, made: NewLink) -> str:
    found = links.open_link(storage, made.token, NOW)
    assert found is not None
    return found[0]


def use(storage: Storage, made: NewLink, browser: str, purpose: str = "duty") -> None:
    with storage.writing() as tx:
        links.use_link(tx, links.require_open(tx, purpose, made.token, browser, NOW), NOW)


def entries(storage: Storage) -> list[tuple[object, ...]]:
    with storage.reading() as tx:
        found = AuditLog(tx).latest(100)
    return [(entry["who"], entry["action"], entry["object"], entry["detail"]) for entry in reversed(found)]


def test_a_look_binds_and_uses_nothing(storage: Storage, settings: Settings) -> None:
    made = make(storage, settings)
    assert [state(storage, made) for _robot in range(3)] == [LinkState.NEW] * 3
    assert made.url == f"https://hotline.example.com/l/{made.token}"
    free = make(storage, settings, one_browser=False)
    assert [state(storage, free) for _robot in range(3)] == [LinkState.OPEN] * 3


def test_a_link_is_bound_to_the_browser_that_opens_it_first(storage: Storage, settings: Settings) -> None:
    made = make(storage, settings)
    browser = opened(storage, made)
    assert state(storage, made, browser) is LinkState.OPEN
    assert state(storage, made) is state(storage, made, "another") is LinkState.ELSEWHERE
    assert links.open_link(storage, made.token, NOW) is None


def test_a_link_for_one_use_is_used_once(storage: Storage, settings: Settings) -> None:
    made = make(storage, settings)
    browser = opened(storage, made)
    use(storage, made, browser)
    assert state(storage, made, browser) is LinkState.USED
    with pytest.raises(Forbidden):
        use(storage, made, browser)


def test_of_two_uses_that_both_found_it_open_the_second_is_refused(storage: Storage, settings: Settings) -> None:
    made = make(storage, settings, one_browser=False)
    with storage.reading() as tx:
        seen = links.require_open(tx, "duty", made.token, "", NOW)
    use(storage, made, "")
    with storage.writing() as tx, pytest.raises(Forbidden):
        links.use_link(tx, seen, NOW)


def test_a_link_for_many_uses_stays_open(storage: Storage, settings: Settings) -> None:
    made = make(storage, settings, one_use=False)
    browser = opened(storage, made)
    use(storage, made, browser)
    use(storage, made, browser)
    assert state(storage, made, browser) is LinkState.OPEN


def test_a_link_lets_in_for_its_purpose_alone(storage: Storage, settings: Settings) -> None:
    made = make(storage, settings)
    browser = opened(storage, made)
    with pytest.raises(Forbidden):
        use(storage, made, browser, purpose="visit")
    assert state(storage, made, browser) is LinkState.OPEN


def test_a_link_expires(storage: Storage, settings: Settings) -> None:
    made = make(storage, settings)
    browser = opened(storage, made)
    assert state(storage, made, browser, NOW + HOUR - timedelta(seconds=1)) is LinkState.OPEN
    assert state(storage, made, browser, NOW + HOUR) is LinkState.EXPIRED


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "A", lambda t: t.swapcase(), lambda _t: ""])
def test_a_forged_link_is_none(storage: Storage, settings: Settings, change) -> None:  # type: ignore[no-untyped-def]
    made = make(storage, settings)
    assert links.look(storage, change(made.token), "", NOW) is None


def test_links_are_revoked_one_by_object_by_person_and_all(storage: Storage, settings: Settings) -> None:
    one, other, third, fourth, fifth = (
        make(storage, settings, object=object, holder=holder)
        for object, holder in (("form:1", ZHAO), ("form:2", ZHAO), ("form:2", QIAN), ("form:3", QIAN), ("form:4", ZHAO))
    )

    def alive() -> list[bool]:
        return [state(storage, each) is LinkState.NEW for each in (one, other, third, fourth, fifth)]

    assert links.revoke_links(storage, ADMIN, NOW, link_id=one.link.id) == 1
    assert alive() == [False, True, True, True, True]
    assert links.revoke_links(storage, ADMIN, NOW, object="form:2") == 2
    assert alive() == [False, False, False, True, True]
    assert links.revoke_links(storage, ADMIN, NOW, like=fifth.link.id) == 1
    assert alive() == [False, False, False, True, False]
    assert links.revoke_links(storage, ADMIN, NOW) == 1
    assert alive() == [False] * 5
    assert state(storage, one) is LinkState.REVOKED
    assert links.living_links(storage, ADMIN, NOW) == []
    with pytest.raises(Forbidden):
        links.revoke_links(storage, Actor("boss", (Role.SUPERVISOR,), "Boss"), NOW)


def test_whoever_leaves_loses_their_links(storage: Storage, settings: Settings) -> None:
    mine, hers = make(storage, settings, holder=ZHAO), make(storage, settings, holder=QIAN)
    with storage.writing() as tx:
        assert links.revoke_of(tx, ZHAO, "admin", NOW) == 1
    assert (state(storage, mine), state(storage, hers)) == (LinkState.REVOKED, LinkState.NEW)


@pytest.mark.parametrize("ends", [{"active": False}, {"expires_at": NOW - HOUR}])
def test_f12_whoever_is_not_with_us_any_more_gets_in_by_no_link(
    storage: Storage, settings: Settings, ends: dict[str, object]
) -> None:
    """At once, before the job has revoked it; a link that they opened before lets them in no more either."""
    user, _password = add_user(storage, "zhao", "赵敏", (Role.OPERATOR,), NOW, "test")
    with storage.writing() as tx:
        person = StaffStore(tx).person_of_user(user.id or 0)
        assert person is not None
        outside = StaffStore(tx).add_person(Person("外勤"))
    holder = Holder(HolderKind.PERSON, person.id, "赵敏")
    theirs, new = make(storage, settings, holder=holder), make(storage, settings, "form:2", holder=holder)
    others = make(storage, settings, "form:3", holder=Holder(HolderKind.PERSON, outside.id, "外勤"))
    browser = opened(storage, theirs)
    assert (state(storage, theirs, browser), state(storage, new)) == (LinkState.OPEN, LinkState.NEW)
    with storage.writing() as tx:
        UserStore(tx).update(replace(user, **ends))  # type: ignore[arg-type]
    assert {state(storage, theirs, browser), state(storage, new)} == {LinkState.REVOKED}
    assert links.open_link(storage, new.token, NOW) is None
    with pytest.raises(Forbidden):
        use(storage, theirs, browser)
    assert state(storage, others) is LinkState.NEW
    links.watch(storage, settings, NOW)
    assert [each.object for each in links.living_links(storage, ADMIN, NOW)] == ["form:3"]
    assert sorted(str(each[2]) for each in entries(storage) if each[1] == "link.revoke") == ["form:1", "form:2"]


def test_what_was_done_by_a_link_stands_in_the_audit_log_and_its_token_nowhere(
    storage: Storage, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    made = make(storage, settings)
    browser = opened(storage, made)
    use(storage, made, browser)
    gone = make(storage, settings)
    links.take_back(storage, gone, "jobs", NOW)
    make(storage, settings)
    links.revoke_links(storage, ADMIN, NOW)
    assert [entry[:3] for entry in entries(storage)] == [
        ("boss", "link.make", "form:1"),
        ("duty:赵敏", "link.open", "form:1"),
        ("duty:赵敏", "link.use", "form:1"),
        ("boss", "link.make", "form:1"),
        ("jobs", "link.take_back", "form:1"),
        ("boss", "link.make", "form:1"),
        ("admin", "link.revoke", "form:1"),
    ]
    assert links.look(storage, gone.token, "", NOW) is None
    stored = str(entries(storage)) + caplog.text
    with storage.reading() as tx:
        stored += str(tx.connection.execute(text("SELECT * FROM link")).all())
    for secret in (made.token, browser, gone.token):
        assert secret not in stored


def test_without_an_address_of_our_own_no_link_is_made_and_an_alert_says_so(
    storage: Storage, settings: Settings, nowhere: Settings
) -> None:
    with pytest.raises(Refused, match="no_public_url"):
        make(storage, nowhere)
    with pytest.raises(Refused, match="no_public_url"):
        links.require_offered(storage, nowhere, NOW)

    def alerts() -> list[str]:
        with storage.reading() as tx:
            return [alert.kind for alert in AlertStore(tx).open()]

    links.watch(storage, nowhere, NOW)
    assert alerts() == ["links"]
    links.watch(storage, settings, NOW)
    assert alerts() == []


def test_links_that_ended_long_ago_are_deleted(storage: Storage, settings: Settings) -> None:
    made = make(storage, settings)
    assert links.watch(storage, settings, NOW + HOUR + links.KEPT_AFTER) == 0
    assert links.watch(storage, settings, NOW + HOUR + links.KEPT_AFTER + timedelta(seconds=1)) == 1
    assert state(storage, made) is None


def test_a_customer_is_known_by_id_alone() -> None:
    with pytest.raises(ValueError):
        Holder(HolderKind.CUSTOMER, 3, "李女士")
