"""Amounts of fewer than five people leave the cooperative no longer, and it is said which.

Of what was reported before, the number of people is known for some amounts and can be bounded
for the arrears; of voluntary savings it is not, so that those are left out until a month is
reported anew (`flask supervision report --period`).

Revision ID: 0065
Revises: 0064
"""

from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

_TABLES = ("indicator_days", "indicator_months")
_UNPAID = "dues_members_billed - dues_members_settled BETWEEN 0 AND 4"
_ONE_KIND = "principal_payers BETWEEN 1 AND 4 OR mandatory_payers BETWEEN 1 AND 4"
_HARDLY_ANY = "greatest(principal_payers, mandatory_payers) BETWEEN 1 AND 4"
_FEW = {
    "savings_principal": "principal_payers BETWEEN 1 AND 4",
    "savings_mandatory": "mandatory_payers BETWEEN 1 AND 4",
    "savings_voluntary": "true",
    "dues_billed": "dues_members_billed BETWEEN 1 AND 4",
    "dues_settled": "dues_members_billed BETWEEN 1 AND 4",
    "arrears_30": _UNPAID,
    "arrears_60": _UNPAID,
    "arrears_90": _UNPAID,
    "arrears_over": _UNPAID,
    "cash": _HARDLY_ANY,
    "bank": _HARDLY_ANY,
    "floats": _HARDLY_ANY,
    "assets": f"savings_voluntary <> 0 OR {_ONE_KIND}",
    "equity": _ONE_KIND,
}


def upgrade() -> None:
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN withheld varchar(24)[] NOT NULL DEFAULT '{{}}'")
        names = ", ".join(
            f"CASE WHEN {name} <> 0 AND ({few}) THEN '{name}' END" for name, few in _FEW.items()
        )
        op.execute(f"UPDATE {table} SET withheld = array_remove(ARRAY[{names}], NULL)")  # noqa: S608
        left_out = ", ".join(
            f"{name} = CASE WHEN '{name}' = ANY (withheld) THEN NULL ELSE {name} END"
            for name in _FEW
        )
        op.execute(f"UPDATE {table} SET {left_out} WHERE withheld <> '{{}}'")  # noqa: S608


def downgrade() -> None:
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} DROP COLUMN withheld")
