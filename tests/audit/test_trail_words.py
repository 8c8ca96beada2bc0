"""Nobody reads the name of a table or a column in the trail of changes."""

import re
from pathlib import Path

from sqlalchemy import text

from app.extensions import Model, db
from app.web.trail_words import ACTIONS, FIELDS, RECORDS

AUDITED = text(
    "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgfoid = 'note_change'::regproc"
)
APP = Path(__file__).parents[2] / "app"


def noted() -> set[tuple[str, str]]:
    """The acts that the program notes by itself: the act and its record."""
    found = re.compile(r'audit\.note\(\s*"(\w+)",\s*"(\w+)"')
    return {pair for path in APP.rglob("*.py") for pair in found.findall(path.read_text())}


def test_every_record_column_and_act_has_a_word(app):
    with app.app_context():
        tables = set(db.session.scalars(AUDITED))
    columns = {column.name for name in tables for column in Model.metadata.tables[name].columns}

    assert not (tables | {record for _act, record in noted()}) - set(RECORDS)
    assert not columns - {"tenant_id"} - set(FIELDS)
    assert not {act for act, _record in noted()} - set(ACTIONS)
