"""Names of attached files come from anywhere, and do no harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.attachments.names import clean_name, name_for_download


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("发票 2026.pdf", "发票 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\li\照片.jpg", "照片.jpg"),
        ("..", ""),
        ("/", ""),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\x00b\r\nSet-Cookie: x.png", "a b Set-Cookie_ x.png"),
        ('"><script>.png', "_script_.png"),
        (".htaccess", "htaccess"),
        ("\u200b\u2066\ufeff", ""),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
        ("\ud800.png", ".png".strip(".")),
    ],
)
def test_names_are_cleaned(given: str, clean: str) -> None:
    assert clean_name(given) == clean


@pytest.mark.parametrize(
    ("name", "type", "download"),
    [
        ("照片.JPG", "image/jpeg", "照片.JPG"),
        ("photo.jpg.exe", "image/jpeg", "photo.jpg.exe.jpg"),
        ("photogpj.exe", "image/jpeg", "photogpj.exe.jpg"),
        ("page.html", "image/gif", "page.html.gif"),
        ("", "application/pdf", "file.pdf"),
        ("x.pdf", "unheard/of", "x.pdf.bin"),
    ],
)
def test_a_download_ends_as_what_it_is(name: str, type: str, download: str) -> None:
    assert name_for_download(name, type) == download


@given(st.text(max_size=400))
def test_no_name_leads_anywhere(given: str) -> None:
    name = name_for_download(clean_name(given), "image/png")
    assert not set(name) & set('/\\\0\r\n"<>|:*?\u202e\u2066\u200f')
    assert name.lower().endswith(".png") and not name.startswith(".") and len(name) <= 125
    assert clean_name(clean_name(given)) == clean_name(given)
