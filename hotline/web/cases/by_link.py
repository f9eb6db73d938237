"""What the pages behind links to cases have in common: who asks, and what became of what was sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, cast

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from hotline.domain.accounts.attempts import Guessed
from hotline.domain.errors import Conflict, Forbidden, Refused
from hotline.services.attachments.attachments import Upload
from hotline.services.cases.by_link import ByLink
from hotline.web.kit import limits
from hotline.web.kit.errors import STATUS
from hotline.web.links.pages import LONGEST, browser

Answer = Response | tuple[str, int]
Wrong = Refused | Conflict


def who_asks(token: str) -> ByLink:
    return ByLink(token[:LONGEST], browser())


def sent(token: str, work: Callable[[], object], done: str, again: Callable[[Wrong], str]) -> Answer:
    """Do what was sent, and back to the page, which says that it is `done`. What was refused is said on the page that
    is shown `again`, with what was written; a link that lets nobody in says why."""
    try:
        with limits.guessing(Guessed.LINK, wrong=Forbidden):
            work()
    except (Refused, Conflict) as error:
        return again(error), STATUS[error.kind]
    except Forbidden as error:
        if error.code != "links.over":
            raise
        return redirect(url_for("links.show", token=token), 303)
    return redirect(url_for("links.show", token=token, done=done), 303)


def files_sent() -> list[Upload]:
    """The form's `files`."""
    chosen = [each for each in request.files.getlist("files") if each.filename]
    return [Upload(each.filename or "", cast(BinaryIO, each.stream)) for each in chosen]
