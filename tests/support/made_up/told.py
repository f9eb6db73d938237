"""Prints, as JSON, what a hotline with the made-up feature has of it. A process of its own: what features tell is
gathered once a process. Argument: an empty folder."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import hotline.domain
import hotline.services
import hotline.storage

if TYPE_CHECKING:
    from hotline.bootstrap import Hotline

HERE = Path(__file__).parent
MENU = """[menus.main]
prompt = "menu-main"
operator_queue = "service"
keys.9 = "flavours"
"""
for layer in (hotline.domain, hotline.services, hotline.storage):
    layer.__path__.append(str(HERE / layer.__name__.partition(".")[2]))


def told(folder: Path) -> dict[str, object]:
    from hotline.bootstrap.jobs import make_jobs
    from hotline.checks import run_checks
    from hotline.domain.people import Actor, Role
    from hotline.services.consequences import consequences
    from hotline.services.operators.pop import known_of, shown_to
    from hotline.storage.calls.live_calls import LiveCallStore
    from hotline.storage.calls.store import CallStore
    from hotline.storage.engine import database_url
    from hotline.storage.migrate import upgrade
    from hotline.storage.schema import metadata
    from tests.support.instance import an_instance
    from tests.support.live_calls import ringing, waiting

    now = datetime(2026, 3, 11, 2, tzinfo=UTC)
    here = an_instance(folder, now, MENU)
    upgrade(database_url(here.settings, here.home))
    call = ringing(waiting("node1-9.1"), "1001")
    with here.storage.writing() as tx:
        CallStore(tx).save([call], now)
    with here.storage.reading() as tx:
        row = CallStore(tx).id_of(call.node, call.linkedid) or 0
        known = known_of(tx, here.settings, LiveCallStore(tx).by_ids([row])[row])
        people = [Actor(number, (Role.OPERATOR,), number, 1, number) for number in ("1001", "1002", "1003")]
        pops = [shown_to(tx, known, here.settings, each, now).model_dump() for each in people]
    kinds = [known.kind_for(each) for each in people]
    return {
        "tables": "flavour" in metadata.tables,
        "jobs": [str(job.run(now)) for job in make_jobs(here) if job.name == "flavours"],
        "checks": [found.detail.code for found in run_checks(here.home, offline=True) if found.what == "flavours"],
        "consequences": [each.__name__ for each in consequences(here.settings) if "flavours" in each.__module__],
        "demo": _demo(here),
        "menus": here.settings.menus["main"].keys["9"].to,
        "pop": [pop["flavour"] for pop in pops],
        "alike": [kinds[0] == kinds[1], kinds[1] == kinds[2]],
    }


def _demo(here: Hotline) -> object:
    from hotline.discovery import modules
    from hotline.simulate.demo import write_demo

    write_demo(here)
    [own] = [each for each in modules("hotline.services", "demo") if "flavours" in each.__name__]
    return own.WRITTEN


if __name__ == "__main__":
    print(json.dumps(told(Path(sys.argv[1]))))
