"""Drafts of the menus are kept, and nobody writes over what they have not seen (F8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hotline.domain.menus.draft import MenuDraft
from hotline.domain.menus.trial import Step, TrialCall, TrialState, Way
from hotline.domain.reasons import because
from hotline.storage.menus.store import MenuDraftStore, MenuTrialStore
from hotline.storage.transaction import Storage
from tests.support.instance import at

NOW = at("2026-11-16 10:30:00")
CONTENT = {"menus": {"main": {"prompt": "menu-main", "keys": {"9": "repeat", "*": {"to": "operator"}}}}, "lines": {}}
OTHER = {"menus": {}, "lines": {"main": "main"}}


def kept(storage: Storage) -> MenuDraft:
    with storage.writing() as tx:
        return MenuDraftStore(tx).add(MenuDraft("春节", CONTENT, CONTENT, 1, "chef", NOW, "chef", NOW))


def call(draft: MenuDraft, *keys: str) -> TrialCall:
    given = ("main", Way("main", keys), f"{keys!r}", CONTENT, NOW, "ww1", 12, "chef", NOW)
    return TrialCall(draft.id or 0, draft.version, *given)


def test_a_draft_is_read_as_it_was_written(storage: Storage) -> None:
    draft = kept(storage)
    with storage.reading() as tx:
        assert MenuDraftStore(tx).by_id(draft.id or 0) == draft
        assert MenuDraftStore(tx).all(10) == [draft]
        assert MenuDraftStore(tx).by_id(99) is None


def test_of_two_who_saw_the_same_version_the_second_changes_nothing(storage: Storage) -> None:
    draft = kept(storage)
    with storage.writing() as tx:
        store = MenuDraftStore(tx)
        assert store.change(draft, OTHER, CONTENT, "one", NOW)
        assert not store.change(draft, CONTENT, CONTENT, "two", NOW)
        assert not store.take(draft, "two", NOW, NOW, None)
        now = store.by_id(draft.id or 0)
        assert now == replace(draft, content=OTHER, version=2, changed_by="one")
        assert store.take(now, "one", NOW, NOW, NOW + timedelta(days=7))
        assert not store.change(now, CONTENT, CONTENT, "one", NOW)


def test_the_calls_of_a_trial_take_the_place_of_those_before(storage: Storage) -> None:
    draft = kept(storage)
    with storage.writing() as tx:
        store = MenuTrialStore(tx)
        store.begin(draft.id or 0, [call(draft, "1"), call(draft, "")])
        first, second = store.of_draft(draft.id or 0)
        steps = (Step(("greeting", "menu-main"), "1", "main", "voicemail"), Step(("voicemail-prompt",)))
        done = replace(first, state=TrialState.DONE, steps=steps, ended={"kind": "voicemail"}, ended_at=NOW)
        failed = replace(second, state=TrialState.FAILED, fault=because("menus.no_prompt", prompt="x"))
        store.update(done)
        assert store.by_token(first.token) == done
        assert store.unfinished() == [second]
        store.update(failed)
        assert store.of_draft(draft.id or 0) == [done, failed]
        store.begin(draft.id or 0, [call(draft, "2")])
        assert [each.way.keys for each in store.of_draft(draft.id or 0)] == [("2",)]
        MenuDraftStore(tx).remove(draft.id or 0)
        assert store.unfinished() == [] and MenuDraftStore(tx).all(10) == []
