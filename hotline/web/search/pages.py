"""Calls by what was said in them and written about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, render_template, request
from flask_babel import gettext

from hotline.domain.rights.acts import Act
from hotline.domain.search.search import LONGEST_QUERY
from hotline.services.search import search
from hotline.web.kit import query
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.paging import page_asked
from hotline.web.kit.told.found_words import found_words
from hotline.web.kit.who import asked_operators

blueprint = Blueprint("search", __name__)

PAGE_SIZE = 20
MAX_PAGE = search.MAX_OFFSET // PAGE_SIZE


@dataclass(frozen=True)
class AskedSearch:
    """`values`: as typed, for the form; `problems`: field -> what was expected."""

    values: Mapping[str, str]
    question: search.Question
    page: int
    problems: Mapping[str, str]

    @property
    def active(self) -> dict[str, str]:
        return {name: value for name, value in self.values.items() if value}


@blueprint.get("/search")
@may(Act.SEARCH)
def index() -> str:
    context, who = web(), actor()
    asked = _asked()
    found = search.FoundPage((), False)
    if "q" not in asked.problems:
        offset = (asked.page - 1) * PAGE_SIZE
        found = search.search(context.storage, asked.question, who, PAGE_SIZE, context.now(), offset)
    people = asked_operators() if allowed(Act.SEARCH) else {}
    return render_template(
        "search/search.html", asked=asked, page=found, kinds=found_words(), people=people, longest=LONGEST_QUERY
    )


def _asked() -> AskedSearch:
    """A field with a wrong value filters nothing and has its problem."""
    args, problems = request.args, {}
    q = args.get("q", "").strip()
    if len(q) > LONGEST_QUERY:
        problems["q"] = gettext("At most %(n)s characters.", n=LONGEST_QUERY)
    values = {name: query.clean(args.get(name, "")) for name in ("since", "until", "operator", "where")}
    since = query.day(values["since"], "since", problems)
    until = query.day(values["until"], "until", problems)
    if since and until and until < since:
        problems["until"] = gettext("This day is before the first one.")
        until = None
    where = values["where"] if values["where"] in search.kinds() else search.ALL
    question = search.Question(
        q[:LONGEST_QUERY],
        query.midnight(since),
        query.midnight(until + timedelta(days=1)) if until else None,
        where,
        values["operator"],
    )
    shown = "".join(c for c in q if c.isprintable())[:LONGEST_QUERY]
    return AskedSearch({"q": shown, **values}, question, page_asked(args, MAX_PAGE), problems)
