"""What the templates ask for: names of lines and queues, numbers as this person may see them, where they may go."""

from __future__ import annotations

from datetime import datetime

from flask import Flask, current_app
from flask_login import current_user

from hotline.domain import numbers
from hotline.domain.calls.call import Call
from hotline.domain.calls.fold.talks import union_seconds
from hotline.domain.rights.acts import Act, may
from hotline.services.access import ties_of_leader
from hotline.services.calls.view import recording_views
from hotline.services.shown import caller_shown, line_number, number_shown, region
from hotline.web.kit.access import permission_of
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.field_words import field_words
from hotline.web.kit.said import in_words


def sees_whole_numbers() -> bool:
    """Operators do not (A14), but for the callbacks that they make."""
    return allowed(Act.SEE_NUMBERS)


def as_allowed(number: str) -> str:
    """The number as this person may see it."""
    return number_shown(number, sees_whole_numbers())


def caller_number(call: Call) -> str:
    """The caller's number as this person may see it; "" when withheld."""
    reader = actor()
    return caller_shown(call.caller, may(Act.SEE_NUMBERS, reader.roles, ties_of_leader(call, reader)))


def line_name(line_id: str) -> str:
    """A line by its number, as it is printed everywhere: 400-123-4567."""
    return line_number(web().settings, line_id)


def may_visit(endpoint: str) -> bool:
    """Whether the page is in this person's menu."""
    permission = permission_of(current_app, endpoint)
    return permission is not None and permission.allows(current_user.user.roles)


def has_extension() -> bool:
    """Whether the reader has a telephone here."""
    return bool(current_user.user.extension)


def page_numbers(page: int, pages: int) -> list[int | None]:
    """The first, the last and those around; None for a gap."""
    near = sorted({1, pages, *range(max(page - 2, 1), min(page + 2, pages) + 1)})
    shown: list[int | None] = []
    for number in near:
        if shown and number - (shown[-1] or 0) > 1:
            shown.append(None)
        shown.append(number)
    return shown


def talk_so_far(call: Call, now: datetime) -> float:
    """`talk_seconds`; while somebody still talks, since the talk began."""
    if call.ended_at is not None:
        return call.talk_seconds
    return union_seconds(((talk.started_at, talk.ended_at) for talk in call.talks), now)


def wait_so_far(call: Call, now: datetime) -> float:
    """`wait_seconds`; while the caller still waits, with what they have waited until now."""
    open_stay = next((stay for stay in call.queues if stay.left_at is None), None)
    if call.ended_at is not None or open_stay is None:
        return call.wait_seconds
    done = sum((q.left_at - q.joined_at).total_seconds() for q in call.queues if q.left_at)
    return done + max((now - open_stay.joined_at).total_seconds(), 0.0)


def install(app: Flask) -> None:
    for use in (
        region,
        as_allowed,
        caller_number,
        line_name,
        may_visit,
        page_numbers,
        talk_so_far,
        wait_so_far,
        recording_views,
        sees_whole_numbers,
        field_words,
    ):
        app.add_template_global(use)
    app.add_template_global(numbers.as_dialled, "as_dialled")
    app.add_template_filter(in_words)
