"""How a person wants to be told stands with their notifications alone

Whoever wanted messages by other ways than mail has chosen that no mail comes, as it was: text messages never went to
our own people.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_PERSON = sa.table("person", sa.column("id", sa.Integer), sa.column("ways", _JSON))
_CHOICE = sa.table(
    "notification_choice",
    sa.column("person_id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("mail", sa.Boolean),
)
_OF_ALL = _CHOICE.c.kind == ""


def upgrade() -> None:
    connection = op.get_bind()
    unwanted = [row.id for row in connection.execute(sa.select(_PERSON)) if row.ways and "mail" not in row.ways]
    chosen = {row.person_id: row.mail for row in connection.execute(sa.select(_CHOICE).where(_OF_ALL))}
    for person_id in unwanted:
        if person_id not in chosen:
            connection.execute(_CHOICE.insert().values(person_id=person_id, kind="", mail=False))
        elif chosen[person_id] is None:
            theirs = _CHOICE.update().where(_OF_ALL, _CHOICE.c.person_id == person_id)
            connection.execute(theirs.values(mail=False))
    op.drop_column("person", "ways")
