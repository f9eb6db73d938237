"""What kind of file it is, by its first bytes: people save anything under the name .csv."""

from __future__ import annotations

import io
import zipfile

from hotline.services.tables.faults import Faults, TableProblem, refusal

#: First bytes -> what people call such a file.
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"SQLite format 3", "SQLite"),
    (b"{\\rtf", "RTF"),
)
#: Old Excel, WPS (.et, .wps) and workbooks with a password share this container.
_OLD = b"\xd0\xcf\x11\xe0"
_PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta")
#: A part of the archive -> what it is then.
_ARCHIVES = (
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "Word"),
    ("ppt/presentation.xml", "PowerPoint"),
    ("content.xml", "ODF (.ods)"),
    ("Index/Document.iwa", "Numbers"),
)


def is_workbook(content: bytes) -> bool:
    """Whether it is a workbook (xlsx); False for what may be text. Raises Faults for what is neither, saying what."""
    if content.startswith(_OLD):
        raise refusal(TableProblem.OLD_WORKBOOK)
    if content.startswith(b"PK"):
        return _is_workbook(content)
    for begin, name in _OTHERS:
        if content.startswith(begin):
            raise _other(name)
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_PAGES):
        raise _other("HTML or XML")
    return False


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except Exception as error:  # by what a directory of nonsense makes it stumble: names that are no text, versions
        raise damaged() from error
    if "xl/workbook.xml" in names:
        return True
    raise _other(next((kind for part, kind in _ARCHIVES if part in names), "ZIP"))


def damaged() -> Faults:
    return refusal(TableProblem.DAMAGED)


def _other(name: str) -> Faults:
    return refusal(TableProblem.KIND, name)
