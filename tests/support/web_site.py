"""The real `hotline web` as a process of its own, with a database that a test fills, and people who sign in by a
browser."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from hotline.domain.calls.call import Call
from hotline.domain.people import Role
from hotline.domain.rights import given
from hotline.domain.time import SHANGHAI, Clock
from hotline.services.accounts import accounts
from hotline.services.calls.ledger import record
from hotline.services.consequences import consequences
from hotline.settings import Home, Settings, load_settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.engine import database_url, make_engine
from hotline.storage.transaction import Storage
from tests.support import forked
from tests.support.at import clock_of, set_clock
from tests.support.prepared import prepare
from tests.support.rig import free_port, wait_until

#: When the pages of the tests begin, whatever the day: far from midnight, in working hours.
AFTERNOON = datetime(2026, 11, 25, 14, 30, tzinfo=SHANGHAI)

PASSWORD = "correct horse battery"


@dataclass
class WebSite:
    url: str
    home: Home
    settings: Settings
    storage: Storage
    clock: Clock

    def now(self) -> datetime:
        return self.clock()

    def keep(self, *calls: Call) -> None:
        """Into the ledger, with all that follows."""
        record(self.storage, "node1", calls, [], lambda call: None, self.now(), also=consequences(self.settings))

    def add_user(self, username: str, *roles: Role, extension: str | None = None, name: str = "") -> None:
        """Somebody who has chosen their own password already."""
        end = self.now() + timedelta(days=30) if given.expires(roles) else None
        _user, first = accounts.add_user(
            self.storage, username, name or username, roles, self.now(), "test", expires_at=end
        )
        with self.storage.writing() as tx:
            user = UserStore(tx).by_username(username)
            assert user is not None
            UserStore(tx).update(replace(user, extension=extension))
        accounts.change_password(self.storage, user, first, PASSWORD, self.now())
        with self.storage.writing() as tx:
            changed = UserStore(tx).by_username(username)
            assert changed is not None
            UserStore(tx).update(replace(changed, extension=extension))

    def sign_in(self, page: Page, username: str) -> None:
        page.goto("/sign-in")
        page.fill("#username", username)
        page.fill("#password", PASSWORD)
        page.click("form[method=post] button[type=submit] >> nth=-1")
        try:
            page.wait_for_url(lambda url: "sign-in" not in url)
        except PlaywrightTimeout:
            raise AssertionError(f"still at {page.url}, which says: {page.inner_text('body')}") from None


@contextmanager
def web_site(folder: Path, more: str = "") -> Iterator[WebSite]:
    """`more`: settings of the site."""
    home = Home(folder)
    home.settings_file.write_text(more, "utf-8")
    home.create()
    settings = load_settings(home)
    prepare(home)
    storage = Storage(make_engine(database_url(settings, home)))
    clock_file = set_clock(folder / "clock", AFTERNOON)
    with serving(home, clock_file) as served:
        yield WebSite(served, home, settings, storage, clock_of(clock_file))
    storage.close()


@contextmanager
def serving(home: Home, clock_file: Path) -> Iterator[str]:
    """`hotline web` by the clock that is set in the file, until the end; its address. It must end well."""
    port = free_port()
    environment = {**os.environ, "HOTLINE_HOME": str(home.root), "HOTLINE_HTTP_PORT": str(port)}
    process = forked.begin("web", environment, clock_file)
    try:
        wait_until(lambda: _is_healthy(f"http://127.0.0.1:{port}"), "the web server answers", 60)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        ended = process.wait(15)
    assert ended == 0


def _is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/api/v1/health", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
