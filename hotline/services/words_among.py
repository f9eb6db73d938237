"""The words that are looked for in a long list: where the index of search has few, only those are looked at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from hotline.domain.search.search import SearchFilter, is_number_like, normalised, number_mark, words_of
from hotline.storage.number_search import MOST_FOUND
from hotline.storage.search.store import SearchStore
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Among:
    """`ids`: of those in which the words stand; None where there are too many, and going through the list in its order
    finds a page sooner. `again`: the text of each is to be looked at again."""

    ids: Collection[int] | None
    again: bool = True


def among(tx: Transaction, kind: str, text: str, with_number: Callable[[int], Iterable[int]]) -> Among:
    """`kind`: of the entries in the index. `with_number`: ids of at most so many rows that have the text in a number.
    Words that are telephone numbers stand in the index by whose they are too, which not everybody may ask: of these the
    text itself is looked at again (A14)."""
    is_number = is_number_like(text)
    words = normalised(text).split() if is_number else words_of(text)
    if not words:
        return Among(None)
    found = SearchStore(tx).some(SearchFilter(words, kind=kind), MOST_FOUND + 1)
    if is_number:
        found.update(with_number(MOST_FOUND + 1))
    if len(found) > MOST_FOUND:
        return Among(None)
    return Among(found, is_number or any(map(number_mark, words)))
