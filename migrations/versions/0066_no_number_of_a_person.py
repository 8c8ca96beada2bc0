"""What the city reads as text holds no NIK and no telephone number.

Forms refuse such a text beside the field; the tables refuse it whatever wrote it. In what was
written before, the number is blotted out: the agency was never meant to have it.

Revision ID: 0066
Revises: 0065
"""

from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

# As in app.core.identity on the day of this migration.
_NIK = (
    "(?<![0-9])[1-9](?:[ .-]?[0-9]){7}[ .-]?(?:0[ .-]?[1-9]|1[ .-]?[0-2])"
    "(?:[ .-]?[0-9]){6}(?![0-9])"
)
_MOBILE = "(?<![0-9])(?:[+]62[)]?[ .-]?|62[ -]?|0)8[0-9](?:[ .-]?[0-9]){6,10}(?![0-9])"
_NUMBER = f"{_NIK}|{_MOBILE}"
_BLOT = "[nomor dihapus]"
_TEXTS = {
    "tenant_statuses": ("note",),
    "visits": ("purpose", "attended", "observations", "recommendations", "signed_by"),
    "visit_findings": ("title", "text"),
    "visit_finding_replies": ("text",),
    "visit_plans": ("purpose",),
    "trainings": ("title", "place"),
    "alert_snoozes": ("reason",),
    "inspections": ("reason", "answer"),
    "assessment_confirmations": ("note",),
}
_EVIDENCE = f'$.**.evidence ? (@ like_regex "{_NUMBER}")'


def upgrade() -> None:
    _execute(f"""
        CREATE FUNCTION holds_personal_number(said text) RETURNS boolean
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT said ~ '{_NUMBER}' $$
    """)
    for table, columns in _TEXTS.items():
        _hold(table, columns)
    _hold_evidence()


def downgrade() -> None:
    for table in (*_TEXTS, "assessment_reports"):
        _execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_impersonal")
    _execute("DROP FUNCTION holds_personal_number(text)")


def _hold(table: str, columns: tuple[str, ...]) -> None:
    """Blot out what stands there, unseen by the trail, and let nothing of the kind in again."""
    said = " || E'\\n' || ".join(columns)
    blotted = ", ".join(
        f"{name} = left(regexp_replace({name}, '{_NUMBER}', '{_BLOT}', 'g'), length({name}))"
        for name in columns
    )
    _execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    _execute(f"UPDATE {table} SET {blotted} WHERE holds_personal_number({said})")  # noqa: S608
    _execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    _execute(
        f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_impersonal"
        f" CHECK (NOT holds_personal_number({said}))"
    )


def _hold_evidence() -> None:
    """Reports that were handed in stay as they are; of those to come none holds a number."""
    newest = "SELECT coalesce(max(id), 0) FROM assessment_reports"
    last = op.get_bind().exec_driver_sql(newest).scalar_one()
    _execute(
        "ALTER TABLE assessment_reports ADD CONSTRAINT ck_assessment_reports_impersonal"
        f" CHECK (id <= {last} OR NOT jsonb_path_exists(content, '{_EVIDENCE}'))"
    )


def _execute(statement: str) -> None:
    """As it is: a colon in a pattern is no parameter."""
    op.get_bind().exec_driver_sql(statement)
