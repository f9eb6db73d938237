"""The table of whose customer each one is."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table

from hotline.storage.base import metadata
from hotline.storage.types import UtcDateTime, Words

#: E11. owner: a user name, "" where they left and nobody has the customer yet. potential: how much the customer counted
#: when they were shared out. by: who gave them. visit_id: the first contact.
customer_owner = Table(
    "customer_owner",
    metadata,
    Column("customer_id", Integer, primary_key=True, autoincrement=False),
    Column("owner", Words, nullable=False),
    Column("potential", Integer, nullable=False, server_default="1"),
    Column("since", UtcDateTime, nullable=False),
    Column("by", Words, nullable=False),
    Column("visit_id", BigInteger),
    Index(None, "owner", "customer_id"),
)
