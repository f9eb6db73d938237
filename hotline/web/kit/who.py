"""Our operators, now and before, and who acted, for a page: read once a request."""

from __future__ import annotations

from datetime import datetime

from flask import Flask, g
from flask_babel import gettext

from hotline.services.accounts.names import account_names
from hotline.services.staff.names import Holders, read_holders
from hotline.services.staff.whose import operator_choices
from hotline.web.kit.context import web

#: As what is done on time stands in rows and in the audit log.
_ITSELF = frozenset({"campaigns", "jobs", "projects", "system", "visit_links"})
#: Whoever plays our people in the simulation.
_SIMULATED = frozenset({"simulation", "simulation-visits"})


def known_holders() -> Holders:
    """Everybody who ever had an extension."""
    if "holders" not in g:
        g.holders = read_holders(web().storage, web().settings)
    found: Holders = g.holders
    return found


def operators() -> dict[str, str]:
    """Name and extension of each, by extension."""
    known, now = known_holders(), web().now()
    return {each: f"{known.name(each, now)} {each}".strip() for each in web().settings.operators}


def asked_operators() -> dict[str, str]:
    """Whose calls one may ask for, by what is asked for: with those who have no extension any more."""
    return operator_choices(known_holders(), web().settings.operators, web().now())


def operator_then(extension: str, at: datetime) -> str:
    """Name and extension of who had it then; the extension alone where nobody is known to."""
    return f"{known_holders().name(extension, at)} {extension}".strip()


def by_name(who: str) -> str:
    """Who did something, as a reader knows them: a person's name for their user name, the command line, a program, the
    simulation, or the hotline by itself. What is none of these stays as it is."""
    kind, _, name = who.partition(":")
    if name and kind == "cli":
        return gettext("command line (%(name)s)", name=name)
    if name and kind == "token":
        return gettext("program %(name)s", name=name)
    if "account_names" not in g:
        g.account_names = account_names(web().storage)
    known = g.account_names.get(who)
    if known or who not in _ITSELF | _SIMULATED:
        return str(known or who)
    return gettext("by itself") if who in _ITSELF else gettext("simulation")


def install(app: Flask) -> None:
    app.add_template_filter(by_name)
    app.add_template_global(operator_then)
