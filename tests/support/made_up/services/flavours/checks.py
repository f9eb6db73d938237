"""Checks of flavours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.reasons import because
from hotline.services.check import CheckResult, Checks, ok
from hotline.settings import Home, Settings
from hotline.storage.transaction import Storage


def _files(settings: Settings, home: Home, now: datetime) -> Iterator[CheckResult]:
    yield ok("flavours", because("flavours.files"))


def _stored(settings: Settings, storage: Storage, now: datetime) -> Iterator[CheckResult]:
    yield ok("flavours", because("flavours.stored"))


CHECKS = Checks(_files, _stored)
