"""Pages of long lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import ceil

PAGE_SIZE = 50
#: Pages beyond are refused: the way to an old call is a date, and the database would count through all before it.
MAX_PAGE = 2000


def pages_of(total: int, more: bool, page: int, shown: int) -> int:
    """How many pages can be turned to. `more`: there are more than `total`; then a full page has a next one."""
    pages = max(ceil(total / PAGE_SIZE), 1)
    if more and shown:
        pages = max(pages, page + (shown == PAGE_SIZE))
    return min(pages, MAX_PAGE)


def page_asked(args: Mapping[str, str], most: int) -> int:
    """?page=, from 1 to `most`; anything else is the first."""
    value = args.get("page", "")
    return min(max(int(value), 1), most) if re.fullmatch(r"[0-9]{1,6}", value) else 1
