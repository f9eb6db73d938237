"""Long lists in pieces."""

from __future__ import annotations

from hotline.domain.batches import batches


def test_a_long_list_comes_in_pieces_and_an_empty_one_in_none() -> None:
    assert list(batches([1, 2, 3, 4, 5], 2)) == [[1, 2], [3, 4], [5]]
    assert not list(batches([]))
