"""Seals (segel): a chain of hashes over the journals, so that a change in the past is found.

The database refuses changes of the books to the application; whoever holds the database
itself could still make one. So every night each journal's content is condensed into a digest,
and a seal condenses the digests of the journals since the last one together with that one's
head. The head is kept by the city as well and stands on printed reports: to hide a change, one
would have to alter every later seal, the city's copy and the paper in people's hands.

When somebody's time is over, names are taken out of what journals say, after a second person's
approval: a redaction. It notes what the journal was sealed as and what it comes to since, and is
sealed the next night as a journal is (`redactions`). What is not text (days, accounts, sums) has
a digest of its own, so that nothing but texts can ever change that way.

What is condensed stands in `digests`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, text

from app.core import clock
from app.extensions import db
from app.ledger import redactions, services
from app.ledger.chain import Seal
from app.ledger.digests import FIGURES, JOURNAL, REDACTION, VOUCHER, Breach, short
from tenants.scope import current_tenant

# A journal is stamped before it is committed. One that turns up in the books only after a
# seal was made, though stamped longer than this before it, was put into the past.
LONGEST_WORK = timedelta(hours=1)

_SERIES = "seal"


@dataclass(frozen=True)
class Head:
    """The newest link of the chain, as it stands on reports."""

    number: int
    day: date
    digest: str

    @property
    def short(self) -> str:
        return self.digest[:16]

    def __str__(self) -> str:
        return f"{self.number} · {self.day:%d-%m-%Y} · {self.short}"


_TABLES = """
    FROM journals j
    LEFT JOIN vouchers v ON v.tenant_id = j.tenant_id AND v.journal_id = j.id
    LEFT JOIN journal_digests d ON d.tenant_id = j.tenant_id AND d.journal_id = j.id
"""
_FROM = f"{_TABLES} WHERE j.tenant_id = :tenant"


# What is new since the last seal, its digests and the seal over them, in one statement.
_SEAL = text(f"""
    WITH unsealed AS MATERIALIZED (
        SELECT j.id AS journal_id, {JOURNAL} AS digest, {FIGURES} AS figures,
               {VOUCHER} AS voucher
        {_FROM} AND d.journal_id IS NULL AND j.created_at >= :since
    ), kept AS (
        INSERT INTO journal_digests (tenant_id, journal_id, seal, voucher, digest, figures)
        SELECT :tenant, journal_id, :number, voucher, digest, figures FROM unsealed
    ), redacted AS MATERIALIZED (
        SELECT r.journal_id, r.approval_id, {REDACTION} AS digest
        {redactions.UNSEALED} AND r.made_at >= :since
    ), kept_redacted AS (
        INSERT INTO redaction_digests (tenant_id, journal_id, approval_id, seal, digest)
        SELECT :tenant, journal_id, approval_id, :number, digest FROM redacted
    ), chained AS (
        SELECT (SELECT count(*) FROM unsealed) AS journals, sha256(
            :previous
            || coalesce((SELECT string_agg(digest || figures, ''::bytea ORDER BY journal_id)
                         FROM unsealed), '')
            || coalesce((SELECT string_agg(digest, ''::bytea ORDER BY journal_id, approval_id)
                         FROM redacted), '')) AS head
    ), sealed AS (
        INSERT INTO seals (tenant_id, number, sealed_at, settled_at, journals, head)
        SELECT :tenant, :number, :now, :settled, journals, head FROM chained
        RETURNING tenant_id, number, sealed_at, head
    )
    INSERT INTO seal_heads (tenant_id, number, sealed_at, head) SELECT * FROM sealed
""")

_UNSEALED = text(f"""
    SELECT EXISTS (SELECT {_FROM} AND d.journal_id IS NULL AND j.created_at >= :since)
        OR EXISTS (SELECT {redactions.UNSEALED} AND r.made_at >= :since)
""")


def seal() -> Head | None:
    """Seal what was recorded since the last seal; without anything new, the last one stands.

    The caller commits. A second sealer waits for the first and seals what is left.
    """
    last = _last()
    if not _anything_unsealed(last):
        return head()
    number = services.next_number(_SERIES)
    last = _last()
    now = clock.now()
    parameters = {
        "tenant": current_tenant().id,
        "number": number,
        "now": now,
        "settled": now - LONGEST_WORK,
        "since": _since(last),
        "previous": last.head if last else b"",
    }
    db.session.execute(_SEAL, parameters)
    return head()


def head(known_at: datetime | None = None) -> Head | None:
    """The newest seal, or the newest by an instant, for reports; None where there is none."""
    last = _last(known_at)
    return Head(last.number, clock.day_of(last.sealed_at), last.head.hex()) if last else None


def breaches() -> list[Breach]:
    """Every journal, redaction and seal that is not as it was sealed, by name."""
    last = _last()
    settled = last.settled_at if last else None
    checks = (_broken_chain(), _changed(), _removed(), _inserted(settled))
    found = [breach for check in checks for breach in check]
    return [*found, *redactions.breaches(settled)]


def _last(known_at: datetime | None = None) -> Seal | None:
    query = select(Seal).order_by(Seal.number.desc()).limit(1)
    if known_at is not None:
        query = query.where(Seal.sealed_at <= known_at)
    return db.session.scalar(query)


def _since(last: Seal | None) -> datetime:
    """From when on journals may lack a digest rightly."""
    return last.settled_at if last else datetime.fromtimestamp(0, UTC)


def _anything_unsealed(last: Seal | None) -> bool:
    parameters = {"tenant": current_tenant().id, "since": _since(last)}
    return bool(db.session.execute(_UNSEALED, parameters).scalar_one())


# The heads as they follow from the digests that are kept, beside those kept here and by the
# city. Each link starts from the head that is kept before it, so the first wrong one is named.
_CHAIN = text("""
    SELECT number, sealed_at, journals, count, city,
           head AS kept, sha256(coalesce(lag(head) OVER (ORDER BY number), '') || digests) AS anew
    FROM (
        SELECT s.number, s.sealed_at, s.journals, s.head, c.head AS city,
               count(d.journal_id) AS count,
               coalesce(string_agg(d.digest || coalesce(d.figures, ''), ''::bytea
                                   ORDER BY d.journal_id), '')
               || coalesce((SELECT string_agg(e.digest, ''::bytea
                                              ORDER BY e.journal_id, e.approval_id)
                            FROM redaction_digests e
                            WHERE e.tenant_id = s.tenant_id AND e.seal = s.number), '') AS digests
        FROM seals s
        LEFT JOIN journal_digests d ON d.tenant_id = s.tenant_id AND d.seal = s.number
        LEFT JOIN seal_heads c ON c.tenant_id = s.tenant_id AND c.number = s.number
        WHERE s.tenant_id = :tenant
        GROUP BY s.tenant_id, s.number, s.sealed_at, s.journals, s.head, c.head
    ) AS chain
    ORDER BY number
""")

_MISSING_SEALS = text("""
    SELECT number, head FROM seal_heads c
    WHERE tenant_id = :tenant AND NOT EXISTS (
        SELECT FROM seals s WHERE s.tenant_id = :tenant AND s.number = c.number)
    ORDER BY number
""")


def _broken_chain() -> Iterator[Breach]:
    tenant = {"tenant": current_tenant().id}
    for row in db.session.execute(_CHAIN, tenant):
        if row.kept != row.anew:
            yield Breach("seal", str(row.number), short(row.kept), short(row.anew))
        if row.kept != row.city:
            yield Breach("seal", f"{row.number} of the city", short(row.city), short(row.kept))
    for row in db.session.execute(_MISSING_SEALS, tenant):
        yield Breach("seal", str(row.number), short(row.head), short(None))


# A journal out of which names were taken must be what it came to the last time, and figure by
# figure what was sealed.
_CHANGED = text(f"""
    WITH redacted AS MATERIALIZED (
        SELECT DISTINCT ON (journal_id) journal_id, digest FROM journal_redactions
        WHERE tenant_id = :tenant ORDER BY journal_id, made_at DESC
    )
    SELECT d.voucher, d.seal, coalesce(r.digest, d.digest) AS kept, {JOURNAL} AS anew
    {_TABLES} LEFT JOIN redacted r ON r.journal_id = j.id
    WHERE j.tenant_id = :tenant AND d.journal_id IS NOT NULL AND (
        {JOURNAL} <> coalesce(r.digest, d.digest)
        OR (r.journal_id IS NOT NULL AND d.figures <> {FIGURES}))
    ORDER BY d.seal, d.journal_id
""")

_REMOVED = text("""
    SELECT d.voucher, d.digest AS kept FROM journal_digests d
    WHERE d.tenant_id = :tenant AND NOT EXISTS (
        SELECT FROM journals j WHERE j.tenant_id = d.tenant_id AND j.id = d.journal_id)
    ORDER BY d.seal, d.journal_id
""")

# Stamped before a time by which all work was done when the last seal was made, yet not in it.
_INSERTED = text(f"""
    SELECT coalesce({VOUCHER},
                    'without a number, id ' || j.id) AS voucher, {JOURNAL} AS anew
    {_FROM} AND d.journal_id IS NULL AND j.created_at < :settled
    ORDER BY j.id
""")


def _changed() -> Iterator[Breach]:
    for row in db.session.execute(_CHANGED, {"tenant": current_tenant().id}):
        yield Breach("changed journal", row.voucher, short(row.kept), short(row.anew))


def _removed() -> Iterator[Breach]:
    for row in db.session.execute(_REMOVED, {"tenant": current_tenant().id}):
        yield Breach("removed journal", row.voucher, short(row.kept), short(None))


def _inserted(settled: datetime | None) -> Iterator[Breach]:
    parameters = {"tenant": current_tenant().id, "settled": settled}
    for row in db.session.execute(_INSERTED, parameters):
        yield Breach("inserted journal", row.voucher, short(None), short(row.anew))
