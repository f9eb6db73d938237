"""QR codes as pages have them."""

from __future__ import annotations

from xml.etree import ElementTree

from hotline.web.kit.qr import qr_code


def test_a_code_is_one_drawing_with_a_name_and_without_styles_of_its_own() -> None:
    drawn = qr_code("https://hotline.example/l/" + "x" * 43, 'Link <of> "Li"')
    root = ElementTree.fromstring(str(drawn))
    name = root.find("{*}title")
    title = name if name is not None else root.find("title")
    assert title is not None and title.text == 'Link <of> "Li"'
    assert root.get("viewBox") and root.get("class") == "qr-code"
    assert "style=" not in drawn and "<script" not in drawn
