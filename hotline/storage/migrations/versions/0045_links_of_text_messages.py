"""No row of a text message has what opens a link any more: only the link's hash is kept"""

from __future__ import annotations

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

#: What waits still is given a link of its own when it goes.
_WITHOUT_TOKENS = """
UPDATE sms_message SET parameters = '{"token": "…"}'
WHERE kind IN ('rating', 'visit_link') AND CAST(parameters AS TEXT) LIKE '%"token"%'
"""


def upgrade() -> None:
    op.execute(_WITHOUT_TOKENS)
