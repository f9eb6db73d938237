"""What is found of a project by a search."""

from __future__ import annotations

from sqlalchemy import Connection

from hotline.domain.projects.project import SEARCHED_AS, Project
from hotline.domain.search.search import number_marks
from hotline.storage.search_index import Entry, SearchIndex, indexed, kind_mark


def project_entry(project: Project) -> Entry:
    reached = sorted(number_marks(project.number)) if project.number else []
    written = "\n".join(text for _name, text in project.searched)
    assert project.id is not None and project.updated_at is not None
    return Entry(SEARCHED_AS, project.id, project.updated_at, indexed(written), (kind_mark(SEARCHED_AS), *reached))


def keep_entry(connection: Connection, project: Project) -> None:
    """Bring the index to what the project says now."""
    SearchIndex(connection).keep([project_entry(project)])
