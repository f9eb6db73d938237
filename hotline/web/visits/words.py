"""What templates ask of visits: a script's words with the names in them, in the reader's language."""

from __future__ import annotations

from flask import Flask

from hotline.domain.rules.rule import Text
from hotline.services.visits.view import VisitView
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.rules import in_language


def visit_words(text: Text, visit: VisitView) -> str:
    """With company, own name, the customer's and what it is for in it; a name in braces that is none stays."""
    said = in_language(text)
    known = {
        "company": web().settings.company_of(visit.line) if visit.line in web().settings.lines else _company(),
        "name": actor().display_name,
        "customer": visit.name or "××",
        "purpose": visit.purpose or "××",
    }
    for name, value in known.items():
        said = said.replace(f"{{{name}}}", value)
    return said


def _company() -> str:
    return web().settings.site.company


def install(app: Flask) -> None:
    app.add_template_filter(in_language)
    app.add_template_global(visit_words)
