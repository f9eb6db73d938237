"""Our own people: persons, teams, departments, who had which extension when

Until now an extension was all that calls, states, records and scores knew of an operator. Every account becomes a
person, who has had the account's extension as long as anything is known of it: what is shown of yesterday names whom it
named before. Departments are what the directory's people have in theirs, each spelling once; the text stays.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)

_ACCOUNT = sa.table("user_account", *map(sa.column, ("id", "display_name", "active", "extension")))
_DIRECTORY = sa.table("directory_person", *map(sa.column, ("id", "department", "department_id")))
_PERSON = sa.table("person", *map(sa.column, ("id", "name", "user_id", "active", "version")), sa.column("ways", _JSON))
_TENURE = sa.table("tenure", *map(sa.column, ("person_id", "extension")))
_UNIT = sa.table("staff_unit", *map(sa.column, ("id", "kind", "name", "active", "version")))


def upgrade() -> None:
    _persons()
    _spans()
    _units()
    with op.batch_alter_table("directory_person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("department_id", sa.Integer(), nullable=True))
    connection = op.get_bind()
    _fill_persons(connection)
    _fill_departments(connection)


def _persons() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("mobile", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.String(length=16), server_default="", nullable=False),
        sa.Column("ways", _JSON, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=True),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("user_id", name=op.f("uq_person_user_id")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_name"), ["name"], unique=False)


def _spans() -> None:
    op.create_table(
        "tenure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("extension", sa.Text(), nullable=False),
        sa.Column("since", _MOMENT, nullable=True),
        sa.Column("until", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenure")),
    )
    open_ = {"sqlite_where": sa.text("until IS NULL"), "postgresql_where": sa.text("until IS NULL")}
    with op.batch_alter_table("tenure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tenure_extension_since"), ["extension", "since"], unique=False)
        batch_op.create_index(batch_op.f("ix_tenure_person_id"), ["person_id"], unique=False)
        batch_op.create_index("uq_tenure_holds", ["extension"], unique=True, **open_)
        batch_op.create_index("uq_tenure_has", ["person_id"], unique=True, **open_)
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_person_id_until"), ["person_id", "until"], unique=False)


def _units() -> None:
    op.create_table(
        "staff_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=True),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_unit")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_staff_unit_kind_name")),
    )
    op.create_table(
        "unit_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", _MOMENT, nullable=True),
        sa.Column("until", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_member")),
    )
    with op.batch_alter_table("unit_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_member_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_member_person_id"), ["person_id"], unique=False)


def _fill_persons(connection: sa.Connection) -> None:
    """A person an account that has none yet, and its extension where nobody has that yet."""
    known = set(connection.scalars(sa.select(_PERSON.c.user_id)))
    for account in connection.execute(sa.select(*_ACCOUNT.c).order_by(_ACCOUNT.c.id)).all():
        if account.id in known:
            continue
        values = {"name": account.display_name, "user_id": account.id, "active": bool(account.active)}
        connection.execute(_PERSON.insert().values(**values, version=1, ways=[]))
        person_id = connection.scalar(sa.select(_PERSON.c.id).where(_PERSON.c.user_id == account.id))
        held = sa.exists().where(_TENURE.c.extension == account.extension)
        if account.extension and not connection.scalar(sa.select(held)):
            connection.execute(_TENURE.insert().values(person_id=person_id, extension=account.extension))


def _fill_departments(connection: sa.Connection) -> None:
    rows = connection.execute(sa.select(_DIRECTORY.c.id, _DIRECTORY.c.department).order_by(_DIRECTORY.c.id)).all()
    wanted = _UNIT.c.kind == "department"
    ids = {row.name: row.id for row in connection.execute(sa.select(_UNIT.c.id, _UNIT.c.name).where(wanted))}
    for row in rows:
        name = row.department.strip()
        if not name:
            continue
        if name not in ids:
            connection.execute(_UNIT.insert().values(kind="department", name=name, active=True, version=1))
            ids[name] = connection.scalar(sa.select(_UNIT.c.id).where(wanted, _UNIT.c.name == name))
        connection.execute(_DIRECTORY.update().where(_DIRECTORY.c.id == row.id).values(department_id=ids[name]))
