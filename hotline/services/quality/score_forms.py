"""Score forms: the one that calls are scored by, new versions, and the score that a call has by its findings."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.examination.score import (
    FULL,
    ItemKind,
    ScoreForm,
    ScoreItem,
    StoredScoreForm,
    automatic_points,
    problems,
)
from hotline.domain.people import Actor
from hotline.domain.quality import Finding
from hotline.domain.reasons import Reason, because
from hotline.domain.rights.acts import Act
from hotline.domain.text import clean
from hotline.services.access import require_right
from hotline.settings import Settings
from hotline.settings.home import TREE
from hotline.storage.audit import AuditLog
from hotline.storage.quality.score_forms import ScoreFormStore
from hotline.storage.transaction import Storage, Transaction

DEFAULT_FORM = TREE / "config" / "quality" / "score-form.toml"

#: Who made what nobody made.
LOADED = "default"

MAX_ITEMS = 60

#: Kinds of which every finding is a breach.
_LEFT_WHERE_SAID = ("forbidden", "bare_opening")


@lru_cache
def default_form() -> ScoreForm:
    """The form of config/quality/score-form.toml."""
    content = tomllib.loads(DEFAULT_FORM.read_text("utf-8"))
    items = tuple(
        ScoreItem(**{**item, "kind": ItemKind(item["kind"]), "kinds": tuple(item.get("kinds", ()))})
        for item in content["item"]
    )
    return ScoreForm(content["name"], 1, items, content["pass_line"])


def used_form(tx: Transaction, settings: Settings, now: datetime) -> ScoreForm | None:
    """The active version of the settings' form; the default one is loaded where there is no form at all. None: the
    settings name one that is not there."""
    found = ScoreFormStore(tx).active(settings.examination.score_form)
    if found is None and not ScoreFormStore(tx).any():
        ScoreFormStore(tx).add(default_form(), LOADED, now)
        found = ScoreFormStore(tx).active(settings.examination.score_form)
    return found


def require_used_form(tx: Transaction, settings: Settings, now: datetime) -> ScoreForm:
    """Raises Refused."""
    form = used_form(tx, settings, now)
    if form is None or form.id is None:
        raise Refused("quality.no_active_score_form", form=settings.examination.score_form)
    return form


def call_points(
    form: ScoreForm, findings: Iterable[Finding], measures: Mapping[str, object], settings: Settings
) -> dict[str, float | None]:
    """Of the automatic items. Forbidden words leave a finding only where they were said: with a transcript and the
    rule on they were looked for."""
    heard = bool(measures.get("transcribed")) and settings.rules.forbidden.enabled
    return automatic_points(form, findings, _LEFT_WHERE_SAID if heard else ())


def list_forms(storage: Storage, settings: Settings, now: datetime) -> list[StoredScoreForm]:
    """By name, the newest version first; the default one is loaded where there is no form at all."""
    with storage.reading() as tx:
        found = ScoreFormStore(tx).all()
    if found:
        return found
    with storage.writing() as tx:
        used_form(tx, settings, now)
        return ScoreFormStore(tx).all()


def stored_form(storage: Storage, settings: Settings, form_id: int, now: datetime) -> StoredScoreForm:
    """One of `list_forms`. Raises NotFound."""
    found = next((each for each in list_forms(storage, settings, now) if each.form.id == form_id), None)
    if found is None:
        raise NotFound("quality.no_score_form", id=form_id)
    return found


def add_version(
    storage: Storage, name: str, items: Sequence[ScoreItem], pass_line: float, active: bool, actor: Actor, now: datetime
) -> ScoreForm:
    """The next version of this name, or the first. Raises Forbidden, Refused for a form that cannot be used, Conflict
    when somebody was faster."""
    require_right(Act.CHANGE_SCORE_FORMS, actor)
    draft = ScoreForm(
        clean(name, several_lines=False).strip(),
        1,
        tuple(replace(item, name=clean(item.name, several_lines=False).strip()) for item in items),
        pass_line,
        active=False,
    )
    if wrong := [*problems(draft), *_more_problems(draft)]:
        raise Refused("quality.wrong_score_form", problems=wrong)
    with storage.writing() as tx:
        version = ScoreFormStore(tx).latest_version(draft.name) + 1
        form = ScoreFormStore(tx).add(replace(draft, version=version), actor.name, now)
        if form is None or form.id is None:
            raise Conflict("quality.version_there", version=version)
        if active:
            ScoreFormStore(tx).activate(form.id, form.name)
        AuditLog(tx).add(now, actor.name, "score_form.create", f"score_form:{form.id}", f"{form.name} {version}")
        return replace(form, active=active)


def activate(storage: Storage, form_id: int, actor: Actor, now: datetime) -> ScoreForm:
    """Calls are scored by this version from now on. Raises Forbidden, NotFound."""
    require_right(Act.CHANGE_SCORE_FORMS, actor)
    with storage.writing() as tx:
        form = read_score_form(tx, form_id)
        ScoreFormStore(tx).activate(form_id, form.name)
        AuditLog(tx).add(now, actor.name, "score_form.activate", f"score_form:{form_id}", f"{form.name} {form.version}")
        return replace(form, active=True)


def read_score_form(tx: Transaction, form_id: int) -> ScoreForm:
    """Raises NotFound."""
    form = ScoreFormStore(tx).by_id(form_id)
    if form is None:
        raise NotFound("quality.no_score_form", id=form_id)
    return form


def _more_problems(form: ScoreForm) -> list[Reason]:
    found = [] if form.name else [because("quality.form_name")]
    if len(form.items) > MAX_ITEMS:
        found.append(because("quality.too_many_items", most=MAX_ITEMS))
    weight = sum(item.weight for item in form.items)
    if form.items and not math.isclose(weight, FULL, abs_tol=0.01):
        found.append(because("quality.weights", full=FULL, weight=weight))
    return found
