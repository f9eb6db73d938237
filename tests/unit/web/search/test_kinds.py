"""What a feature puts into the index of search is read and shown, too."""

from __future__ import annotations

from sqlalchemy import String

from hotline.discovery import gathered
from hotline.services.search.search import ALL, kinds
from hotline.services.searched import found_kinds
from hotline.storage.search.tables import search_entry
from hotline.storage.search_index import SearchedRows
from hotline.web.kit.told.found_words import found_words


def test_each_kind_that_is_indexed_is_read_and_shown_by_its_feature_and_no_other_is() -> None:
    indexed = [rows.kind for rows in gathered("hotline.storage", "searched", "SEARCHED", SearchedRows)]
    assert len(indexed) == len(set(indexed)) and ALL not in indexed
    assert set(indexed) == set(found_kinds()) == set(found_words()) == set(kinds()) - {ALL}


def test_each_kind_has_room_in_the_index() -> None:
    column = search_entry.c.kind.type
    assert isinstance(column, String) and all(len(kind) <= (column.length or 0) for kind in kinds())
