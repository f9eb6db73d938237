"""What the ledger has to say of a call that we dialled, for the end-to-end tests and for the fold's own."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from hotline.domain.calls.call import Call
from tests.support.capture import capture
from tests.support.dialling_rig import DiallingRig
from tests.support.expect import differences

DIALLED = Path(__file__).parents[1] / "e2e" / "dialled"


def expected_of(name: str) -> dict[str, Any]:
    """The table `call` of this case."""
    return dict(tomllib.loads((DIALLED / f"{name}.toml").read_text("utf-8"))["call"])


def require_as_told(rig: DiallingRig, name: str, call: Call | None) -> None:
    """With HOTLINE_CAPTURE=1 its channel events become the fold's fixture of that name."""
    assert call is not None
    found = differences(call, expected_of(name))
    assert found == [], found
    if os.environ.get("HOTLINE_CAPTURE"):
        capture(rig.home.cel_database, rig, name, call)
