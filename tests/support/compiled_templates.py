"""What Jinja makes of the templates, once for all applications of a run: it is the same in each, and they are made by
the hundred."""

from __future__ import annotations

from pathlib import Path
from types import CodeType
from typing import ClassVar

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from tests.support.made_once import made_once


class _Compiled(FileSystemBytecodeCache):
    """In files for other processes; what this one has had already is not read again."""

    _known: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))
        if bucket.code is None:
            super().load_bytecode(bucket)
            self._keep(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        super().dump_bytecode(bucket)
        self._keep(bucket)

    def _keep(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._known[bucket.key, bucket.checksum] = bucket.code


def share_templates(app: Flask) -> None:
    app.jinja_env.bytecode_cache = _Compiled(str(made_once("templates", Path.mkdir)))
