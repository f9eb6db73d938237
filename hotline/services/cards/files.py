"""Script cards as files: config/cards/*.toml, and the site's own in HOTLINE_HOME/cards, which win. People read and
write them; so does the page of cards, one file a card."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator

from hotline.domain.cards.card import PLACEHOLDERS, WRITTEN, Card, Stage, wrong_placeholders
from hotline.domain.reasons import Unfit, because
from hotline.settings import SettingsError
from hotline.settings.base import Section
from hotline.settings.errors import SettingProblem
from hotline.settings.home import TREE
from hotline.settings.inputs import reason_of

DEFAULT_CARDS = TREE / "config" / "cards"

Line = Annotated[str, Field(max_length=60)]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
Hint = Annotated[str, Field(max_length=1000)]
CardId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,47}$")]


class CardEntry(Section):
    """One [[card]] of a file. `removed`: the site does not want the card of this id."""

    id: CardId
    stage: Stage
    title: Annotated[str, Field(min_length=1, max_length=60)]
    title_en: Line = ""
    words: Words
    words_en: Annotated[str, Field(max_length=2000)] = ""
    case: Annotated[str, Field(pattern=r"^([a-z][a-z0-9-]{0,31})?$")] = ""
    hint: Hint = ""
    hint_en: Hint = ""
    keywords: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=20)], ...], Field(max_length=30)] = ()
    rule: Annotated[str, Field(pattern=r"^([A-G][0-9]{1,2})?$")] = ""
    callback: Literal["", "one_way", "long_call", "promised"] = ""

    @field_validator("*", mode="before")
    @classmethod
    def _plain(cls, value: object, info: ValidationInfo) -> object:
        """Words may have several lines; nothing has other control characters."""
        for text in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(text, str) and not text.replace("\n", "").isprintable():
                raise Unfit("cards.control_characters")
        return value.strip() if isinstance(value, str) else value

    @field_validator("words", "words_en", "hint", "hint_en")
    @classmethod
    def _known_placeholders(cls, value: str) -> str:
        wrong = wrong_placeholders(value)
        if wrong:
            raise Unfit("cards.placeholders", known=tuple(f"{{{name}}}" for name in PLACEHOLDERS), got=wrong[0][:30])
        return value


class RemovedEntry(Section):
    id: CardId
    removed: bool


def load_cards(site: Path) -> tuple[Card, ...]:
    """All cards, the site's in the places of those with the same id. Raises SettingsError naming file, key and what
    was expected of everything wrong."""
    problems: list[SettingProblem] = []
    cards = {card.id: card for card in _read_folder(DEFAULT_CARDS, problems) if isinstance(card, Card)}
    for entry in _read_folder(site, problems):
        if isinstance(entry, Card):
            cards[entry.id] = entry
        else:
            cards.pop(entry, None)
    if problems:
        raise SettingsError(problems)
    order = list(Stage)
    return tuple(sorted(cards.values(), key=lambda card: order.index(card.stage)))


def signature(site: Path) -> tuple[object, ...]:
    """Changes whenever a file of either folder does."""
    return tuple(
        (str(file), stat.st_mtime_ns, stat.st_size, stat.st_ino)
        for file in (*_files(DEFAULT_CARDS), *_files(site))
        for stat in (file.stat(),)
    )


def edited_file(card_id: str) -> str:
    """The name of the file that the page of cards writes; no file that people name so themselves."""
    return f"edited-{card_id}.toml"


def write_card(site: Path, card: Card) -> None:
    """The site's own card, in a file of its own, put in place in one step."""
    _write(site / edited_file(card.id), _toml([("id", card.id), *((name, getattr(card, name)) for name in WRITTEN)]))


def write_removed(site: Path, card_id: str) -> None:
    """The site does not want this card."""
    _write(site / edited_file(card_id), _toml([("id", card_id), ("removed", True)]))


def checked_card(values: dict[str, Any]) -> Card:
    """A card of these values. Raises pydantic's ValidationError."""
    return _card(CardEntry.model_validate(values))


def _card(entry: CardEntry) -> Card:
    return Card(**{name: getattr(entry, name) for name in ("id", *WRITTEN)})


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml")) if folder.is_dir() else []


def _read_folder(folder: Path, problems: list[SettingProblem]) -> list[Card | str]:
    """Cards, and ids of unwanted ones. Of an id in two files the one that the page of cards wrote counts; any other
    double is a mistake."""
    found: dict[str, tuple[Path, Card | str]] = {}
    for file in _files(folder):
        for entry in _read_file(file, problems):
            id = entry if isinstance(entry, str) else entry.id
            earlier = found.get(id)
            if earlier is None or file.name == edited_file(id):
                found[id] = (file, entry)
            elif earlier[0].name != edited_file(id):
                problems.append(SettingProblem(str(file), id, because("cards.id_twice", file=earlier[0].name)))
    return [entry for _file, entry in found.values()]


def _read_file(file: Path, problems: list[SettingProblem]) -> list[Card | str]:
    try:
        content = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(SettingProblem(str(file), "", because("cards.file_unreadable", why=str(error))))
        return []
    entries = content.pop("card", [])
    stage = content.pop("stage", None)
    for key in content:
        problems.append(SettingProblem(str(file), key, because("cards.unknown_key")))
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        problems.append(SettingProblem(str(file), "card", because("cards.tables_expected")))
        return []
    read = [_read_entry(file, place, entry, stage, problems) for place, entry in enumerate(entries, 1)]
    return [entry for entry in read if entry is not None]


def _read_entry(
    file: Path, place: int, entry: dict[str, Any], stage: object, problems: list[SettingProblem]
) -> Card | str | None:
    """`stage`: of the whole file, for cards that state none."""
    try:
        if "removed" in entry:
            gone = RemovedEntry.model_validate(entry)
            return gone.id if gone.removed else None
        return _card(CardEntry.model_validate({"stage": stage, **entry} if stage is not None else entry))
    except ValidationError as error:
        name = str(entry.get("id", f"card {place}"))[:60]
        problems.extend(_problems(str(file), name, error))
        return None


def _problems(source: str, name: str, error: ValidationError) -> Iterable[SettingProblem]:
    for detail in error.errors(include_url=False):
        key = ".".join([name, *(str(part) for part in detail["loc"])])
        yield SettingProblem(source, key, reason_of(detail))


def _toml(values: Iterable[tuple[str, object]]) -> str:
    return "[[card]]\n" + "".join(f"{key} = {_value(value)}\n" for key, value in values if value not in ("", ()))


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"""\n{text}"""' if "\n" in text else f'"{text}"'


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    tomllib.loads(text)  # what cannot be read again is not written
    with NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, suffix=".new", delete=False) as draft:
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
    os.replace(draft.name, file)
