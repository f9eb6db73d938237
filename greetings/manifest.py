"""Reading the prompts' manifest: the tree's, with the site's own prompts and texts over it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from greetings.errors import PromptError
from hotline.settings import Home

LANGUAGES = ("zh", "en")
TREE_FOLDER = Path(__file__).resolve().parent
PLACEHOLDERS = frozenset({"company", "confirm_key"})

_ID = re.compile(r"[a-z0-9][a-z0-9/_-]{0,63}")
_KEYS = frozenset({*LANGUAGES, *(f"{language}_spoken" for language in LANGUAGES), "per_line", "tones"})


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt. `texts` by language; `spoken`: what is given to espeak-ng instead where it would misread.

    `tones`: (Hz, milliseconds) pairs instead of texts. `asterisk_name` is Asterisk's own name for it, as
    "queue-minutes", and "" for a prompt of ours, which is hotline/<id> in Asterisk.
    """

    id: str
    texts: Mapping[str, str] = field(default_factory=dict, hash=False)
    spoken: Mapping[str, str] = field(default_factory=dict, hash=False)
    per_line: bool = False
    tones: tuple[tuple[int, int], ...] = ()
    asterisk_name: str = ""

    def languages(self) -> tuple[str, ...]:
        """Languages it exists in; a tone in all."""
        return LANGUAGES if self.tones else tuple(language for language in LANGUAGES if language in self.texts)

    def sound(self, line: str = "") -> str:
        """Its name in Asterisk; `line` counts only for a prompt that is said per line."""
        return self.asterisk_name or sound(self.id, line if self.per_line else "")


@dataclass(frozen=True, slots=True)
class Manifest:
    """All prompts by id. The id of Asterisk's own words is asterisk/<their name there>."""

    prompts: Mapping[str, Prompt]

    def get(self, prompt_id: str) -> Prompt | None:
        return self.prompts.get(prompt_id)

    def sound(self, prompt_id: str, line: str) -> str:
        """The Asterisk name of a prompt as it is said on this line. Raises PromptError for an unknown one."""
        prompt = self.prompts.get(prompt_id)
        if prompt is None:
            raise PromptError("prompts.unknown", prompt=prompt_id)
        return prompt.sound(line)


def sound(prompt_id: str, line: str = "") -> str:
    """The Asterisk name of a prompt of ours; give `line` for one that is said per line."""
    return f"hotline/{prompt_id}-{line}" if line else f"hotline/{prompt_id}"


def load_manifest(home: Home) -> Manifest:
    """The tree's manifest with the site's over it. Raises PromptError naming file, prompt and key."""
    prompts = _read(TREE_FOLDER / "manifest.toml", {})
    site = home.site_greetings / "manifest.toml"
    return Manifest(_read(site, prompts) if site.exists() else prompts)


def _read(file: Path, below: Mapping[str, Prompt]) -> dict[str, Prompt]:
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PromptError("prompts.toml", file=str(file), why=str(error)) from None
    unknown = set(table) - {"prompts", "asterisk"}
    if unknown:
        raise PromptError("prompts.unknown_table", file=str(file), key=min(unknown))
    prompts = dict(below)
    for section in ("prompts", "asterisk"):
        for name, entry in _table(table.get(section, {}), f"{file}: {section}").items():
            new = Prompt(f"asterisk/{name}", asterisk_name=name) if section == "asterisk" else Prompt(name)
            prompts[new.id] = _merge(prompts.get(new.id, new), entry, f"{file}: {section}.{name}")
    return prompts


def _merge(base: Prompt, entry: Any, where: str) -> Prompt:
    entry = _table(entry, where)
    if not _ID.fullmatch(base.id):
        raise PromptError("prompts.id", place=where)
    unknown = set(entry) - _KEYS
    if unknown:
        raise PromptError("prompts.unknown_key", place=f"{where}.{min(unknown)}", known=tuple(sorted(_KEYS)))
    texts = {**base.texts, **_texts(entry, LANGUAGES, where)}
    # A site's new text is not to be spoken as the tree's old one.
    spoken = {k: v for k, v in base.spoken.items() if k not in entry}
    spoken |= {k: v for k, v in ((k, entry.get(f"{k}_spoken")) for k in LANGUAGES) if v is not None}
    merged = replace(
        base,
        texts=texts,
        spoken=_texts(spoken, LANGUAGES, where),
        tones=_tones(entry, base, where),
        per_line=_flag(entry.get("per_line", base.per_line), where),
    )
    if merged.asterisk_name and merged.per_line:
        raise PromptError("prompts.same_on_each_line", place=f"{where}.per_line")
    if not merged.texts and not merged.tones:
        raise PromptError("prompts.text_or_tones", place=where)
    if not merged.per_line and any("{company}" in text for text in (*texts.values(), *merged.spoken.values())):
        raise PromptError("prompts.company_per_line", place=where)
    return merged


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise PromptError("prompts.table", place=where, value=repr(value))
    return value


def _flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise PromptError("prompts.per_line", place=f"{where}.per_line", value=repr(value))
    return value


def _texts(entry: Mapping[str, Any], keys: tuple[str, ...], where: str) -> dict[str, str]:
    found = {key: entry[key] for key in keys if key in entry}
    for key, text in found.items():
        if not isinstance(text, str) or not text.strip():
            raise PromptError("prompts.text", place=f"{where}.{key}", value=repr(text))
        unknown = set(re.findall(r"\{(.*?)\}", text)) - PLACEHOLDERS
        if unknown:
            raise PromptError("prompts.unknown_placeholder", place=f"{where}.{key}", placeholder=f"{{{min(unknown)}}}")
    return found


def _tones(entry: Mapping[str, Any], base: Prompt, where: str) -> tuple[tuple[int, int], ...]:
    if "tones" not in entry:
        # A site that gives a tone a text wants the text.
        return () if any(language in entry for language in LANGUAGES) else base.tones
    tones = entry["tones"]
    pairs = isinstance(tones, list) and tones and all(isinstance(t, list) and len(t) == 2 for t in tones)
    if not pairs or not all(
        type(n) is int and 0 <= n <= limit for t in tones for n, limit in zip(t, (3400, 10_000), strict=True)
    ):
        raise PromptError("prompts.tones", place=f"{where}.tones", value=repr(tones))
    return tuple((hertz, milliseconds) for hertz, milliseconds in tones)
