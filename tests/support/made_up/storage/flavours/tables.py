"""The made-up feature's table."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from hotline.storage.base import metadata

flavour = Table("flavour", metadata, Column("id", Integer, primary_key=True), Column("name", String(40)))
