"""What stands in an account by now: of one party, or of all."""

from sqlalchemy import BigInteger, Select, cast, func, select, text

from app.core.money import Rupiah
from app.extensions import db
from app.ledger.models import AccountMonth, AccountRole
from app.ledger.roles import account
from tenants.scope import current_tenant

# Part of every card and receipt, hence SQL and not the ORM.
_BALANCES = text("""
    SELECT account.role, held.balance FROM party_balances held
    JOIN accounts account ON account.tenant_id = :tenant AND account.id = held.account_id
    WHERE held.tenant_id = :tenant AND held.party_id = :party AND account.role IS NOT NULL
""")


def balance(role: AccountRole, party_id: int) -> Rupiah:
    """What a party holds in an account, on the side where it normally stands."""
    return balances_of(party_id).get(role, 0)


def balances_of(party_id: int) -> dict[AccountRole, Rupiah]:
    """Everything a party holds, by account role."""
    values = {"tenant": current_tenant().id, "party": party_id}
    rows = db.session.connection().execute(_BALANCES, values)
    return {AccountRole(role): amount for role, amount in rows}


def total(role: AccountRole) -> Rupiah:
    """What stands in an account by now, on the side where it normally stands."""
    return db.session.execute(asking_total(role)).scalar_one()


def asking_total(role: AccountRole) -> Select[int]:
    """The same as a question, to be asked together with others."""
    held = account(role)
    debit, credit = AccountMonth.debit, AccountMonth.credit
    moved = func.sum(debit - credit if held.side == "D" else credit - debit)
    return select(cast(func.coalesce(moved, 0), BigInteger)).where(
        AccountMonth.account_id == held.id
    )
