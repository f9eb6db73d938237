"""F8: a log tells who did what, and nobody writes another's line into it."""

from __future__ import annotations

import logging
import sys

from hotline.cli.kit.logs import OneLine


def _line(message: str, *args: object, failed: bool = False) -> str:
    info = sys.exc_info() if failed else None
    record = logging.LogRecord("hotline", logging.ERROR, "x.py", 1, message, args, info)
    return OneLine("%(levelname)s %(message)s").format(record)


def test_f8_what_was_sent_begins_no_line_and_moves_no_cursor() -> None:
    sent = "/x\r\nERROR user admin signed in\x1b[2K\u2028\x85\ud800"
    told = _line("GET %s failed", sent)
    assert told.isprintable() and told == (
        "ERROR GET /x\\r\\nERROR user admin signed in\\x1b[2K\\u2028\\x85\\ud800 failed"
    )


def test_f8_words_of_any_script_and_the_trace_of_an_error_stay() -> None:
    try:
        raise ValueError("x")
    except ValueError:
        told = _line("来电 %s", "张伟 💥", failed=True)
    assert told.startswith("ERROR 来电 张伟 💥\nTraceback") and told.endswith("\nValueError: x")
