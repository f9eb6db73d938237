"""What templates ask for of cases: the words of kinds in the reader's language."""

from __future__ import annotations

from flask import Flask, g, request

from hotline.domain.cases.kind import Kind, Words
from hotline.services.cases.choosing import kinds_shown
from hotline.web.cases.act_fields import ActField, opening_fields
from hotline.web.cases.steps_shown import stage_words
from hotline.web.kit.context import web
from hotline.web.kit.i18n import language

#: The blueprints whose pages show kinds.
_WITH_KINDS = frozenset({"forms", "case_lists", "case_month"})


def in_reader_s(words: Words) -> str:
    return words.said(language())


def case_kinds() -> dict[str, Kind]:
    """Those in force, by code; read once a request."""
    if "case_kinds" not in g:
        g.case_kinds = kinds_shown(web().storage, web().now())
    found: dict[str, Kind] = g.case_kinds
    return found


def case_kind(code: str) -> str:
    """A kind that is gone goes by its code."""
    found = case_kinds().get(code)
    return in_reader_s(found.words) if found is not None else code


def case_stage(kind: str, stage: str) -> str:
    return stage_words(case_kinds().get(kind), stage)


def case_fields(kind: Kind) -> list[ActField]:
    """What is asked for when a case of this kind is opened."""
    return opening_fields(kind, {}, {})


def _before_the_look() -> None:
    """What these pages show of kinds is read before their look is noted: a read waits for no turn to write."""
    if request.method == "GET" and request.blueprint in _WITH_KINDS:
        case_kinds()


def install(app: Flask) -> None:
    app.before_request(_before_the_look)
    app.add_template_filter(in_reader_s)
    for use in (case_kinds, case_kind, case_stage, case_fields):
        app.add_template_global(use)
