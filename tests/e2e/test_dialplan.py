"""The generated dialplan on the real Asterisk: an application that is not loaded would hang up on the caller."""

from __future__ import annotations

import re

import pytest

from tests.support.rig import Rig

pytestmark = pytest.mark.e2e


def test_every_application_and_function_exists(rig: Rig) -> None:
    text = (rig.home.asterisk / "etc" / "extensions.conf").read_text("utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith(";"))
    applications = set(re.findall(r"(?:exten => \S+,1,|same => n(?:\(\w+\))?,)(\w+)\(", code))
    functions = set(re.findall(r"\$\{([A-Z_]+)\(", code)) | set(re.findall(r"Set\(([A-Z_]+)\(", code))
    assert len(applications) > 15 and len(functions) > 8
    missing = [name for name in applications if "Syntax" not in rig.console(f"core show application {name}")]
    missing += [name for name in functions if "Info about Function" not in rig.console(f"core show function {name}")]
    assert not missing, missing


def test_asterisk_has_nothing_to_complain_about_at_the_start(rig: Rig) -> None:
    """Errors of the first start only: the calls of other tests provoke warnings on purpose."""
    log = (rig.root / "pbx.log").read_text("utf-8", "replace")
    first_start = log.split("Asterisk Ready.")[0]
    complaints = [line for line in first_start.splitlines() if "ERROR" in line or "WARNING" in line]
    assert not complaints, complaints
