"""What is found of a comment by a search."""

from __future__ import annotations

from hotline.domain.satisfaction.rating import SEARCHED_AS, Rating
from hotline.domain.search.search import number_marks, whose_marks
from hotline.storage.search_index import Entry, SearchIndex, indexed, kind_mark
from hotline.storage.transaction import Transaction


def rating_entry(rating: Rating) -> Entry:
    """It is found by the operator who had the caller."""
    assert rating.id is not None
    reached = sorted(number_marks(rating.number)) if rating.number else []
    marks = (*whose_marks(rating.extension), kind_mark(SEARCHED_AS), *reached)
    return Entry(SEARCHED_AS, rating.id, rating.offered_at, indexed(rating.comment), marks)


def keep_entry(tx: Transaction, rating: Rating) -> None:
    """Bring the index to what the comment says now."""
    if rating.comment:
        SearchIndex(tx.connection).keep([rating_entry(rating)])
