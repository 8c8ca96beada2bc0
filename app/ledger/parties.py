"""Subsidiary ledgers (buku pembantu): what each party had, moved and has in an account."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, text

from app.core.money import Rupiah
from app.extensions import db
from app.ledger.models import Account, Party, PartyBalance, Side
from tenants.scope import current_tenant


@dataclass(frozen=True)
class PartyLine:
    """A party in an account over some days; balances on the account's normal side."""

    party_id: int
    name: str
    opening: Rupiah
    debit: Rupiah
    credit: Rupiah
    closing: Rupiah


_PARTIES = text("""
    SELECT party.id, party.name, sums.opening, sums.debit, sums.credit
    FROM (
        SELECT p.party_id,
               coalesce(sum(p.debit - p.credit) FILTER (WHERE p.posted_on < :first), 0) AS opening,
               coalesce(sum(p.debit) FILTER (WHERE p.posted_on >= :first), 0) AS debit,
               coalesce(sum(p.credit) FILTER (WHERE p.posted_on >= :first), 0) AS credit
        FROM postings p
        WHERE p.tenant_id = :tenant AND p.account_id = :account AND p.party_id IS NOT NULL
          AND p.posted_on <= :last
          AND (CAST(:known_at AS timestamptz) = 'infinity' OR EXISTS (
              SELECT FROM journals j
              WHERE j.tenant_id = :tenant AND j.id = p.journal_id AND j.created_at <= :known_at
          ))
        GROUP BY p.party_id
    ) AS sums
    JOIN parties party ON party.tenant_id = :tenant AND party.id = sums.party_id
    WHERE sums.opening <> 0 OR sums.debit <> 0 OR sums.credit <> 0
    ORDER BY party.name, party.id
""")


def names(party_ids: Collection[int]) -> dict[int, str]:
    """How parties are called, by their ids."""
    query = select(Party.id, Party.name).where(Party.id.in_(party_ids))
    return {row.id: row.name for row in db.session.execute(query)}


def balances(
    account: Account, first: date, last: date, *, known_at: datetime | None = None
) -> Sequence[PartyLine]:
    """Everybody who holds or moved something in an account, by name."""
    parameters = {
        "tenant": current_tenant().id,
        "account": account.id,
        "first": first,
        "last": last,
        "known_at": known_at or "infinity",
    }
    sign = 1 if account.side is Side.DEBIT else -1
    return [
        PartyLine(
            row.id,
            row.name,
            sign * int(row.opening),
            int(row.debit),
            int(row.credit),
            sign * int(row.opening + row.debit - row.credit),
        )
        for row in db.session.execute(_PARTIES, parameters)
    ]


def accounts() -> Sequence[Account]:
    """The accounts in which somebody has a page, by code."""
    held = select(PartyBalance.account_id).distinct()
    return db.session.scalars(
        select(Account).where(Account.id.in_(held)).order_by(Account.code)
    ).all()


@dataclass(frozen=True)
class HeldDaily:
    """What a party held at the end of each of some days, added up."""

    party_id: int
    name: str
    total: Rupiah


# Back from what is held now, so that the years before cost nothing.
_DAILY = text("""
    SELECT party.id, party.name,
           (held.balance - coalesce(sum(line.moved), 0)) * (CAST(:last AS date) - :first + 1)
           + coalesce(sum(line.moved * (:last - line.posted_on + 1))
                      FILTER (WHERE line.posted_on <= :last), 0) AS total
    FROM party_balances held
    JOIN parties party ON party.tenant_id = :tenant AND party.id = held.party_id
    LEFT JOIN LATERAL (
        SELECT p.posted_on, :sign * (p.credit - p.debit) AS moved FROM postings p
        WHERE p.tenant_id = :tenant AND p.party_id = held.party_id
          AND p.account_id = :account AND p.posted_on >= :first
        OFFSET 0
    ) AS line ON true
    WHERE held.tenant_id = :tenant AND held.account_id = :account
    GROUP BY party.id, party.name, held.balance
    ORDER BY party.name, party.id
""")


def held_daily(account: Account, first: date, last: date) -> Sequence[HeldDaily]:
    """For each party, the balances at the end of every day from `first` through `last`."""
    parameters = {
        "tenant": current_tenant().id,
        "account": account.id,
        "sign": -1 if account.side is Side.DEBIT else 1,
        "first": first,
        "last": last,
    }
    rows = db.session.execute(_DAILY, parameters)
    return [HeldDaily(row.id, row.name, int(row.total)) for row in rows if row.total]
