"""Click to call: from the request to the moment in which Asterisk rings the operator's phone, on the real Asterisk.

Each dial is by `dial`, as the API calls it: rights, permission, the row, and all that Asterisk is told. When the phone
is rung is what Asterisk's own event log says (CHAN_START), by the same machine's clock.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from statistics import quantiles

from hotline.domain.operators.presence import ShownState
from scripts.benchmarks._result import Result
from tests.support.dialling_rig import DiallingRig
from tests.support.rig import wait_until

DIALS = 40
AIM_MS = 500.0


def run(say: Callable[[str], None], dials: int = DIALS) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        rig = DiallingRig(Path(folder))
        rig.prepare()
        try:
            rig.start("pbx", "listener")
            waited = sorted(_dialled(rig, number) for number in range(dials))
        finally:
            rig.stop()
    say(f"  {dials} dials: the median {waited[len(waited) // 2]:.0f} ms, the longest {waited[-1]:.0f} ms")
    p95 = quantiles(waited, n=20)[18]
    yield Result("dialling", "click until the phone is rung p95 (less is better)", p95, AIM_MS, "the aim", "ms")


def _dialled(rig: DiallingRig, number: int) -> float:
    """Milliseconds of one. The customer is busy, so the next can begin."""
    rig.test = f"dial{number}"
    rig.ready("1001")
    rig.operator(("ring 0.1", "answer", "expect hangup"))
    rig.customer(("busy",))
    begun = rig.dial()
    _over, call = rig.ended(begun)
    assert call is not None
    rung: datetime = call.rings[0].started_at
    wait_until(lambda: rig.state("1001") is ShownState.READY, "the operator to be ready")
    rig.clear()
    return (rung - begun.asked_at).total_seconds() * 1000
