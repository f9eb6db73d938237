"""What processes say, on the console and in their logs."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from hotline.supervisor.output import Output

OF_NO_MATTER = "Could not find option 'minimum_size' with type 'threadpool' in module 'stasis'"


def test_asterisks_note_on_its_own_documentation_stands_in_the_log_alone(tmp_path: Path) -> None:
    shown = io.StringIO()
    output = Output(Console(file=shown, width=200), tmp_path)
    for text in (OF_NO_MATTER, "Asterisk Ready."):
        output.line("pbx", text)
    output.close()
    assert "minimum_size" not in shown.getvalue() and "Asterisk Ready." in shown.getvalue()
    assert (tmp_path / "pbx.log").read_text("utf-8").splitlines() == [OF_NO_MATTER, "Asterisk Ready."]
