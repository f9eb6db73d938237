"""G3: the index holds what transcripts and log forms say, and what is found of it."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.search.tables import search_entry

COLUMNS = (PersonalTable(search_entry, repeats="text marks grams", nothing={Holds.CODE: "kind"}),)
