"""Score forms: their versions, the editor of the next one, and which one counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.examination.score import FULL, ItemKind, ScoreForm, ScoreItem, StoredScoreForm
from hotline.domain.rights.acts import Act
from hotline.services.quality import score_forms as service
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.asked import decimal, whole
from hotline.web.kit.context import web
from hotline.web.kit.query import clean
from hotline.web.kit.said import flashed
from hotline.web.quality.words import FINDING_KINDS

blueprint = Blueprint("score_forms", __name__)

MAX_NAME = 60
MAX_ITEM_NAME = 200
#: Rows of the editor to be filled in, where the browser runs no scripts.
_SPARE_ROWS = 2


@dataclass(frozen=True)
class TypedItem:
    """An item as it was typed, and what is wrong with it by field."""

    id: str = ""
    name: str = ""
    weight: str = ""
    kind: str = ItemKind.MANUAL.value
    rule: str = ""
    kinds: tuple[str, ...] = ()
    deduction: str = ""
    fatal: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """The editor as it was sent."""

    name: str
    pass_line: str
    active: bool
    rows: tuple[TypedItem, ...]
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return not self.problems and not any(row.problems for row in self.rows)


@blueprint.get("/score-forms")
@may(Act.READ_SCORE_FORMS)
def index() -> str:
    context = web()
    return render_template(
        "quality/score_forms.html",
        forms=service.list_forms(context.storage, context.settings, context.now()),
        used_name=web().settings.examination.score_form,
        may_change=allowed(Act.CHANGE_SCORE_FORMS),
    )


@blueprint.get("/score-forms/<int:form_id>")
@may(Act.READ_SCORE_FORMS)
def show(form_id: int) -> str:
    return render_template(
        "quality/score_form.html",
        kept=_one(form_id),
        used_name=web().settings.examination.score_form,
        may_change=allowed(Act.CHANGE_SCORE_FORMS),
    )


@blueprint.post("/score-forms/<int:form_id>/activate")
@may(Act.CHANGE_SCORE_FORMS)
def activate(form_id: int) -> Response:
    context = web()
    form = service.activate(context.storage, form_id, actor(), context.now())
    flash(gettext("Calls are scored by version %(n)s from now on.", n=form.version), "ok")
    return redirect(url_for("score_forms.index"))


@blueprint.get("/score-forms/new")
@may(Act.CHANGE_SCORE_FORMS)
def new() -> str:
    """The next version, begun from `from`, or an empty form."""
    form_id = whole(request.args.get("from", ""))
    return _editor(_draft_of(_one(form_id).form) if form_id else Draft("", "80", False, (TypedItem(),)))


@blueprint.post("/score-forms/new")
@may(Act.CHANGE_SCORE_FORMS)
def add() -> Response | tuple[str, int]:
    draft = read_draft(request.form)
    if not draft.is_whole:
        return _editor(draft), 422
    context = web()
    items = [_item(row) for row in draft.rows]
    with flashed():
        form = service.add_version(
            context.storage, draft.name, items, float(draft.pass_line), draft.active, actor(), context.now()
        )
        flash(gettext("Version %(n)s of %(name)s is kept.", n=form.version, name=form.name), "ok")
        return redirect(url_for("score_forms.index"))
    return _editor(draft), 422


def read_draft(form: Mapping[str, str]) -> Draft:
    """The fields item-<n>-<field> in order of n; rows without a name and weight are left out."""
    getlist = getattr(form, "getlist", lambda name: [form[name]] if name in form else [])
    numbers = sorted({int(found[1]) for key in form if (found := re.fullmatch(r"item-([0-9]{1,3})-name", key))})
    typed = [_typed(form, n, tuple(getlist(f"item-{n}-kinds"))) for n in numbers[: service.MAX_ITEMS]]
    rows = [_checked(row) for row in _with_ids([row for row in typed if row.name or row.weight])]
    name = clean(form.get("name", ""), MAX_NAME + 1)
    pass_line = form.get("pass_line", "").strip()[:8]
    return Draft(name, pass_line, form.get("active") == "1", tuple(rows), _problems(name, pass_line, rows))


def _typed(form: Mapping[str, str], n: int, kinds: tuple[str, ...]) -> TypedItem:
    def text(part: str, most: int) -> str:
        return clean(form.get(f"item-{n}-{part}", ""), most)

    kind = text("kind", 16)
    automatic = kind == ItemKind.AUTOMATIC.value
    return TypedItem(
        text("id", 32),
        text("name", MAX_ITEM_NAME + 1),
        text("weight", 8),
        kind if automatic else ItemKind.MANUAL.value,
        text("rule", 3).upper(),
        tuple(each for each in kinds if each in FINDING_KINDS) if automatic else (),
        text("deduction", 8) if automatic else "",
        form.get(f"item-{n}-fatal") == "1",
    )


def _with_ids(rows: list[TypedItem]) -> list[TypedItem]:
    """What is new or has an id that cannot be gets one of its own; figures know items by it over all versions."""
    taken: set[str] = set()
    found = []
    for row in rows:
        id = row.id
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,31}", id) or id in taken:
            kept = {each.id for each in rows}
            id = next(name for n in range(1, 1000) if (name := f"item_{n}") not in taken | kept)
        taken.add(id)
        found.append(replace(row, id=id))
    return found


def _checked(row: TypedItem) -> TypedItem:
    problems: dict[str, str] = {}
    weight, deduction = decimal(row.weight), decimal(row.deduction)
    if not row.name or len(row.name) > MAX_ITEM_NAME:
        problems["name"] = gettext("A name of 1 to %(n)s characters was expected.", n=MAX_ITEM_NAME)
    if weight is None or not 0 < weight <= FULL:
        problems["weight"] = gettext("A weight above 0 and up to 100 was expected.")
    if row.rule and not re.fullmatch(r"[A-Z][0-9]{1,2}", row.rule):
        problems["rule"] = gettext("A rule like C1 was expected.")
    if row.kind == ItemKind.AUTOMATIC.value:
        if not row.kinds:
            problems["kinds"] = gettext("Choose what is measured.")
        if deduction is None or not 0 < deduction <= FULL:
            problems["deduction"] = gettext("Points above 0 that a breach costs were expected.")
    return replace(row, problems=problems)


def _problems(name: str, pass_line: str, rows: list[TypedItem]) -> dict[str, str]:
    problems: dict[str, str] = {}
    line = decimal(pass_line)
    if not name or len(name) > MAX_NAME:
        problems["name"] = gettext("A name of 1 to %(n)s characters was expected.", n=MAX_NAME)
    if line is None or not 0 <= line <= FULL:
        problems["pass_line"] = gettext("A pass line from 0 to 100 was expected.")
    weight = sum(decimal(row.weight) or 0.0 for row in rows)
    if not rows:
        problems["items"] = gettext("A form needs at least one item.")
    elif abs(weight - FULL) > 0.01:
        problems["items"] = gettext("The weights make %(sum)s together; 100 was expected.", sum=f"{weight:g}")
    return problems


def _item(row: TypedItem) -> ScoreItem:
    return ScoreItem(
        row.id,
        row.name,
        float(row.weight),
        ItemKind(row.kind),
        row.rule,
        row.kinds,
        float(row.deduction or 0),
        row.fatal,
    )


def _draft_of(form: ScoreForm) -> Draft:
    rows = tuple(
        TypedItem(
            item.id,
            item.name,
            f"{item.weight:g}",
            item.kind.value,
            item.rule,
            item.kinds,
            f"{item.deduction:g}" if item.deduction else "",
            item.fatal,
        )
        for item in form.items
    )
    return Draft(form.name, f"{form.pass_line:g}", False, rows)


def _editor(draft: Draft) -> str:
    rows = [*draft.rows, *[TypedItem() for _n in range(_SPARE_ROWS)]]
    return render_template(
        "quality/score_form_editor.html",
        draft=draft,
        rows=rows,
        blank=TypedItem(),
        finding_kinds=FINDING_KINDS,
        weight=sum(decimal(row.weight) or 0.0 for row in draft.rows),
    )


def _one(form_id: int) -> StoredScoreForm:
    context = web()
    return service.stored_form(context.storage, context.settings, form_id, context.now())
