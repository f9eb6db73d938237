"""The simulated operator has an account: whoever looks at the console signs in as them, with a password that the
administrator makes."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.errors import Conflict, Refused
from hotline.domain.people import Role
from hotline.services.accounts.accounts import add_user
from hotline.services.demo import Demo, Stage
from hotline.storage.accounts.users import UserStore

USERNAME = "zhaomin"


def _write(stage: Stage, now: datetime) -> None:
    extension = next(iter(stage.settings.operators), None)
    with stage.storage.reading() as tx:
        there = UserStore(tx).by_username(USERNAME)
    if there is not None or extension is None:
        return
    name = stage.settings.operators[extension].name
    try:
        add_user(
            stage.storage, USERNAME, name, (Role.OPERATOR,), now, stage.by.name, extension, stage.settings.operators
        )
    except (Conflict, Refused):
        return  # somebody else has the extension


DEMO = Demo(_write)
