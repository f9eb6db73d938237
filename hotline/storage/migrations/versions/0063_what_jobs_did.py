"""What a job did is a reason, no English text any more; what was written before stays, under the code storage.legacy"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

_AT_ONCE = 1000


def upgrade() -> None:
    connection = op.get_bind()
    table = sa.table("job_outcome", sa.column("id", sa.BigInteger()), sa.column("said", sa.Text()))
    changed = table.update().where(table.c.id == sa.bindparam("row")).values(said=sa.bindparam("reason"))
    wanted = sa.select(table).where(table.c.said != "").order_by(table.c.id).limit(_AT_ONCE)
    after = 0
    while rows := connection.execute(wanted.where(table.c.id > after)).all():
        after = rows[-1].id
        connection.execute(changed, [{"row": row.id, "reason": _legacy(row.said)} for row in rows])


def _legacy(text: str) -> str:
    return json.dumps({"code": "storage.legacy", "values": {"text": text}}, ensure_ascii=False, sort_keys=True)
