"""The settings' pages with 400 operators, half of them decided here: milliseconds of processor time until each page is
there. The reference is the aim of 200 ms."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

from hotline.domain.people import Actor, Role
from hotline.services.settings.settings import change_settings
from hotline.web.settings.groups import GROUPS
from scripts.benchmarks._result import Result
from tests.support.web import a_web

OPERATORS, AIM = 400, 200.0
_ROUNDS = 5
_ADMINISTRATOR = Actor("boss", (Role.ADMINISTRATOR,), "管理员")


def run(say: Callable[[str], None], operators: int = OPERATORS) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        half = operators // 2
        file = "".join(f'[operators.{2000 + at}]\nname = "客服{at}"\n' for at in range(half))
        web = a_web(Path(folder), file)
        decided = {f"operators.{3000 + at}": {"name": f"客服{half + at}"} for at in range(half)}
        change_settings(web.hotline.in_force, _ADMINISTRATOR, decided, web.now, reason="入职")
        client = web.signed_in(Role.ADMINISTRATOR)
        pages = ["", "?q=客服7", "/versions", "/table/operators/entry/3001", *(f"/{group.name}" for group in GROUPS)]
        taken = {}
        for page in pages:
            client.get(f"/admin/settings{page}")  # templates are read once
            began = process_time()
            for _ in range(_ROUNDS):
                assert client.get(f"/admin/settings{page}").status_code == 200
            taken[page] = 1000 * (process_time() - began) / _ROUNDS
            say(f"  {page or 'index'}: {taken[page]:.0f} ms")
    slowest = max(taken, key=taken.__getitem__)
    yield Result("settings", f"slowest page of {len(pages)}", taken[slowest], AIM, "the aim", "ms", slowest or "index")
