"""A web application on a real SQLite database, with a clock that stands, people to sign in as, and their forms."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.bootstrap import Hotline
from hotline.bootstrap.web import make_app
from hotline.domain.calls.call import Call
from hotline.domain.people import Role
from hotline.domain.rights import given
from hotline.services.accounts import accounts
from hotline.services.accounts.tokens import create_token
from hotline.services.calls.ledger import record
from hotline.services.consequences import consequences
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Storage
from hotline.web.kit import assets
from tests.support.compiled_templates import share_templates
from tests.support.instance import StandingClock, an_instance, at
from tests.support.pbx import RememberingPbx
from tests.support.prepared import catalogues
from tests.support.shared_routes import SharedRoutes

#: Monday, within working time.
NOW = at("2026-11-16 10:30:00")

PASSWORD = "correct horse battery"

SITE = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
[lines.spare]
number = "4007654321"
menu = "main"
"""


#: Looks through hundreds of files; what they are does not change while tests run.
_require_assets = functools.cache(assets.require_assets)


def end_of(roles: Collection[Role], now: datetime) -> datetime | None:
    """When an account or token with these roles ends; None for never."""
    return now + timedelta(days=30) if given.expires(roles) else None


@dataclass
class Web:
    """The application, and what tests do to it."""

    app: Flask
    hotline: Hotline
    pbx: RememberingPbx

    @property
    def clock(self) -> StandingClock:
        assert isinstance(self.hotline.clock, StandingClock)
        return self.hotline.clock

    @property
    def now(self) -> datetime:
        return self.hotline.clock()

    def client(self) -> FlaskClient:
        return self.app.test_client()

    def add_user(self, username: str, *roles: Role) -> str:
        """Somebody new; their first password."""
        end = end_of(roles, self.now)
        _user, password = accounts.add_user(
            self.hotline.storage, username, username.title(), roles, self.now, "test", expires_at=end
        )
        return password

    def signed_in(self, *roles: Role, username: str = "") -> FlaskClient:
        """A client of somebody with these roles who has chosen their own password."""
        username = username or f"u-{'-'.join(roles)}"
        first = self.add_user(username, *roles)
        with self.hotline.storage.reading() as tx:
            user = UserStore(tx).by_username(username)
        assert user is not None
        accounts.change_password(self.hotline.storage, user, first, PASSWORD, self.now)
        client = self.client()
        assert sign_in(client, username, PASSWORD).status_code == 302
        return client

    def program(self, *roles: Role) -> dict[str, str]:
        """The headers of a program with a valid token (of an examiner, if no role is given)."""
        name = f"t{self.now.timestamp():.0f}{'-'.join(roles)}"
        granted = roles or (Role.EXAMINER,)
        token = create_token(self.hotline.storage, name, self.now, "test", granted, end_of(granted, self.now))
        return {"Authorization": f"Bearer {token}"}

    def keep(self, *calls: Call) -> None:
        record(
            self.hotline.storage,
            "node1",
            calls,
            [],
            lambda call: None,
            self.now,
            also=consequences(self.hotline.settings),
        )

    def call_id(self, linkedid: str) -> int:
        with self.hotline.storage.reading() as tx:
            found = CallStore(tx).id_of("node1", linkedid)
        assert found is not None
        return found

    def audit(self) -> list[tuple[str, str, str]]:
        """(who, action, object), oldest first."""
        with self.hotline.storage.reading() as tx:
            entries = AuditLog(tx).latest(1000)
        return [(str(e["who"]), str(e["action"]), str(e["object"])) for e in reversed(entries)]


def csrf_of(response: TestResponse) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', response.text)
    assert found is not None, "the page has no form"
    return found[1]


def post(client: FlaskClient, path: str, form_page: str = "", **fields: str | list[str]) -> TestResponse:
    """Send a form as a browser does: with the token of the page it stands on."""
    token = csrf_of(client.get(form_page or path))
    return client.post(path, data={"csrf_token": token, **fields})


def sign_in(client: FlaskClient, username: str, password: str, target: str = "") -> TestResponse:
    path = "/sign-in" + (f"?next={target}" if target else "")
    return post(client, path, username=username, password=password)


_ROUTES = SharedRoutes()


def a_web(folder: Path, more: str = "", storage: Storage | None = None, own_routes: bool = False) -> Web:
    """`more`: further settings of the site; `storage`: as for `an_instance`; `own_routes`: more may be added."""
    hotline = an_instance(folder, NOW, SITE + more, storage)
    cache = hotline.home.root / "cache"
    cache.mkdir()
    (cache / "translations").symlink_to(catalogues())  # one place for all: they are read once (shared_translations)
    pbx = RememberingPbx()
    make = functools.partial(make_app, hotline, pbx)
    with patch.object(assets, "require_assets", _require_assets):
        app = make() if own_routes else _ROUTES.of(make)
    share_templates(app)
    return Web(app, hotline, pbx)
