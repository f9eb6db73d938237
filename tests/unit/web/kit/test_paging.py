"""Pages of lists of which no more is counted than is told."""

from __future__ import annotations

import pytest

from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, pages_of


@pytest.mark.parametrize(
    ("total", "more", "page", "shown", "pages"),
    [
        (0, False, 1, 0, 1),
        (120, False, 2, PAGE_SIZE, 3),
        (100, True, 1, PAGE_SIZE, 2),
        (100, True, 2, PAGE_SIZE, 3),  # a full page has a next one
        (100, True, 3, 7, 3),
        (100, True, 9, 0, 2),
        (10_000, True, MAX_PAGE, PAGE_SIZE, MAX_PAGE),
    ],
)
def test_as_many_pages_as_can_be_turned_to(total: int, more: bool, page: int, shown: int, pages: int) -> None:
    assert pages_of(total, more, page, shown) == pages
