"""Whom a request under the law is about (G3), as rows are found of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from hotline.domain.numbers import Number


@dataclass(frozen=True, slots=True)
class Whose:
    """Rows from these numbers, but for those that were written down as another customer's; and rows that were written
    down as one of these customers'."""

    numbers: Collection[Number] = ()
    customer_ids: Collection[int] = ()
