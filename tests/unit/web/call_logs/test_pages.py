"""The logs of a call: administrators read them, with numbers masked, and that they did is noted (A14, F8)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hotline.domain.people import Role
from tests.support.rows import a_call
from tests.support.web import NOW, a_web


def test_an_administrator_reads_what_all_processes_say_of_a_call(tmp_path: Path) -> None:
    web = a_web(tmp_path)
    web.keep(a_call("1763260200.17", NOW - timedelta(days=1)))
    home, call = web.hotline.home, web.call_id("1763260200.17")
    chen = web.signed_in(Role.ADMINISTRATOR, username="chen")
    assert "没有关于本次通话的日志" in chen.get(f"/calls/{call}/logs").text
    (home.log / "listener.log").write_text(
        "2026-11-16 10:30:05,000 WARNING x: call 1763260200.17 of 13812345678 <script>\n"
        "2026-11-16 10:30:06,000 WARNING x: call 1763260200.18\n",
        "utf-8",
    )
    (home.log / "ivr.log.1").write_bytes(b"2026-11-16 10:30:04,000 INFO x: 1763260200.17 \xff\x1b[31m\n")
    (home.asterisk / "log").mkdir(exist_ok=True)
    (home.asterisk / "log" / "messages").write_text("[2026-11-16 10:30:04.500] ERROR[1][C-1]: 1763260200.17\n", "utf-8")
    (home.log / "stolen.log").symlink_to("/etc/passwd")
    page = chen.get(f"/calls/{call}/logs").text
    assert page.index("<td>ivr</td>") < page.index("<td>asterisk</td>") < page.index("<td>listener</td>")
    assert "13812345678" not in page and "138****78" in page and "&lt;script&gt;" in page
    assert "1763260200.18" not in page
    text = chen.get(f"/calls/{call}/logs.txt")
    assert text.headers["Cache-Control"] == "no-store" and len(text.text.splitlines()) == 3 and "\x1b" not in text.text
    assert ("chen", "call.logs", f"call:{call}") in web.audit()
    assert f"/calls/{call}/logs" in chen.get(f"/calls/{call}").text
    li = web.signed_in(Role.SUPERVISOR, username="li")
    assert li.get(f"/calls/{call}/logs").status_code == 403 and "/logs" not in li.get(f"/calls/{call}").text
    assert chen.get("/calls/999999/logs").status_code == 404
