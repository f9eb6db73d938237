"""All other addresses that Apprise knows."""

from __future__ import annotations

import logging
import re
import threading

from hotline.domain.notifications.notification import TAKEN, Outcome, Text, Verdict
from hotline.domain.reasons import because

#: Apprise says whether an address was reached, and the rest only in its log.
_STATUS = re.compile(r"error=(\d{3})\b")


class _Heard(logging.Handler):
    """What Apprise logs in this thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._thread = threading.get_ident()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.lines.append(record.getMessage())


def post_by_apprise(url: str, text: Text, timeout: int) -> Outcome:
    """Never raises. Only a status that the other side answered says surely that it was not taken."""
    from apprise import Apprise  # loads a hundred services: only a site that sends pays

    joined = "&" if "?" in url else "?"
    # The service itself: Apprise would send from a thread of its own, and what that logs could be of any.
    service = Apprise.instantiate(f"{url}{joined}cto={timeout}&rto={timeout}")
    if service is None:
        return Outcome(Verdict.REFUSED, because("notifications.no_address"))
    log, heard = logging.getLogger("apprise"), _Heard()
    log.addHandler(heard)
    try:
        if service.notify(body=text.body, title=text.title):
            return TAKEN
    except Exception as error:  # a service of Apprise's may raise what it likes
        return Outcome(Verdict.UNSURE, because("notifications.no_answer", why=type(error).__name__))
    finally:
        log.removeHandler(heard)
    status = next((int(found[1]) for line in heard.lines if (found := _STATUS.search(line))), 0)
    if status:
        return Outcome(Verdict.FAILED, because("notifications.http_status", status=status))
    return Outcome(Verdict.UNSURE, because("notifications.no_answer", why="Apprise"))
