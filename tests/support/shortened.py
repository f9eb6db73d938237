"""Times of Asterisk that a test wants shorter than our settings let a site have them."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from tests.support.rig import Rig


def shortened(text: str, extension: str, kind: str, times: dict[str, int]) -> str:
    """That pjsip.conf with these seconds in the extension's section of that type: endpoint | aor."""
    heading = re.escape(f"[{extension}]") + (r"\(phone\)" if kind == "endpoint" else rf"\ntype = {kind}")
    found = re.search(rf"^{heading}\n(?:.+\n)*", text, re.MULTILINE)
    assert found, f"no {kind} of {extension}"
    kept = [line for line in found[0].splitlines() if line.partition(" = ")[0] not in times]
    section = "\n".join([*kept, *(f"{key} = {seconds}" for key, seconds in times.items())]) + "\n"
    return text[: found.start()] + section + text[found.end() :]


@contextlib.contextmanager
def sip_times(rig: Rig, extension: str, kind: str, **times: int) -> Iterator[None]:
    """Meanwhile Asterisk goes by these; calls that run keep what they began with."""
    settings = rig.home.asterisk / "etc" / "pjsip.conf"
    shipped = settings.read_text("utf-8")
    settings.write_text(shortened(shipped, extension, kind, times), "utf-8")
    rig.console("module reload res_pjsip.so")
    try:
        yield
    finally:
        settings.write_text(shipped, "utf-8")
        rig.console("module reload res_pjsip.so")
