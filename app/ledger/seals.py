"""Seals (segel): a chain of hashes over the journals, so that a change in the past is found.

The database refuses changes of the books to the application; whoever holds the database
itself could still make one. So every night each journal's content is condensed into a digest,
and a seal condenses the digests of the journals since the last one together with that one's
head. The head is kept by the city as well and stands on printed reports: to hide a change, one
would have to alter every later seal, the city's copy and the paper in people's hands.

When somebody's time is over, their name is taken out of what their journals say, after a second
person's approval. What such a journal comes to since is kept beside its digest, with the
approval; `redactions` counts them, so that whoever verifies is told.

The content of a journal is the JSON array that `_CONTENT` builds; its text is the same in
every language that can write JSON, so that anybody can recompute a digest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select, text

from app.core import clock
from app.extensions import db
from app.ledger import services
from app.ledger.models import JournalRedaction, Seal
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


@dataclass(frozen=True)
class Breach:
    """Something in the past that is not as it was sealed."""

    what: str
    which: str
    sealed: str
    found: str

    def __str__(self) -> str:
        return f"{self.what} {self.which}: sealed {self.sealed}, found {self.found}"


# As it is written on paper: at least four digits, and all that there are.
_VOUCHER = """
    v.kind || '-' || v.year || '-' || lpad(v.number::text, greatest(length(v.number::text), 4), '0')
"""
# One journal as a JSON array; `v` is its voucher, `l` its lines.
_CONTENT = f"""
    jsonb_build_array(
        j.tenant_id, j.id, {_VOUCHER},
        j.posted_on, j.memo, j.source_kind, j.source_key,
        to_char(j.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), j.created_by,
        (SELECT jsonb_agg(jsonb_build_array(l.line, l.account_id, l.unit_id, l.party_id,
                                            l.debit, l.credit, l.memo) ORDER BY l.line)
         FROM postings l WHERE l.tenant_id = j.tenant_id AND l.journal_id = j.id)
    )
"""
_DIGEST = f"sha256(convert_to(({_CONTENT})::text, 'UTF8'))"
_FROM = """
    FROM journals j
    LEFT JOIN vouchers v ON v.tenant_id = j.tenant_id AND v.journal_id = j.id
    LEFT JOIN journal_digests d ON d.tenant_id = j.tenant_id AND d.journal_id = j.id
    WHERE j.tenant_id = :tenant
"""
_CHAINED = "sha256(:previous || coalesce(string_agg(digest, ''::bytea ORDER BY journal_id), ''))"

# The journals since the last seal, their digests and the seal over them, in one statement.
_SEAL = text(f"""
    WITH unsealed AS MATERIALIZED (
        SELECT j.id AS journal_id, {_DIGEST} AS digest,
               {_VOUCHER} AS voucher
        {_FROM} AND d.journal_id IS NULL AND j.created_at >= :since
    ), kept AS (
        INSERT INTO journal_digests (tenant_id, journal_id, seal, voucher, digest)
        SELECT :tenant, journal_id, :number, voucher, digest FROM unsealed
    ), sealed AS (
        INSERT INTO seals (tenant_id, number, sealed_at, settled_at, journals, head)
        SELECT :tenant, :number, :now, :settled, count(*), {_CHAINED} FROM unsealed
        RETURNING tenant_id, number, sealed_at, head
    )
    INSERT INTO seal_heads (tenant_id, number, sealed_at, head) SELECT * FROM sealed
""")

_UNSEALED = text(
    f"SELECT EXISTS (SELECT {_FROM} AND d.journal_id IS NULL AND j.created_at >= :since)"
)


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
    """Every journal and every seal that is not as it was sealed, by name."""
    checks = (_broken_chain(), _changed(), _removed(), _inserted())
    return [breach for check in checks for breach in check]


def redactions() -> int:
    """How many sealed journals read without a name that they once had."""
    return db.session.scalar(select(func.count()).select_from(JournalRedaction)) or 0


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
               coalesce(string_agg(d.digest, ''::bytea ORDER BY d.journal_id), '') AS digests
        FROM seals s
        LEFT JOIN journal_digests d ON d.tenant_id = s.tenant_id AND d.seal = s.number
        LEFT JOIN seal_heads c ON c.tenant_id = s.tenant_id AND c.number = s.number
        WHERE s.tenant_id = :tenant
        GROUP BY s.number, s.sealed_at, s.journals, s.head, c.head
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
            yield Breach("seal", str(row.number), _hex(row.kept), _hex(row.anew))
        if row.kept != row.city:
            yield Breach("seal", f"{row.number} of the city", _hex(row.city), _hex(row.kept))
    for row in db.session.execute(_MISSING_SEALS, tenant):
        yield Breach("seal", str(row.number), _hex(row.head), _hex(None))


# A journal out of which a name was taken must be what it came to then.
_CHANGED = text(f"""
    SELECT d.voucher, d.seal, d.digest AS kept, {_DIGEST} AS anew
    {_FROM} AND d.digest <> {_DIGEST} AND NOT EXISTS (
        SELECT FROM journal_redactions r WHERE r.tenant_id = :tenant
        AND r.journal_id = d.journal_id AND r.digest = {_DIGEST})
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
    SELECT coalesce({_VOUCHER},
                    'without a number, id ' || j.id) AS voucher, {_DIGEST} AS anew
    {_FROM} AND d.journal_id IS NULL AND j.created_at < :settled
    ORDER BY j.id
""")


def _changed() -> Iterator[Breach]:
    for row in db.session.execute(_CHANGED, {"tenant": current_tenant().id}):
        yield Breach("changed journal", row.voucher, _hex(row.kept), _hex(row.anew))


def _removed() -> Iterator[Breach]:
    for row in db.session.execute(_REMOVED, {"tenant": current_tenant().id}):
        yield Breach("removed journal", row.voucher, _hex(row.kept), _hex(None))


def _inserted() -> Iterator[Breach]:
    last = _last()
    if last is None:
        return
    parameters = {"tenant": current_tenant().id, "settled": last.settled_at}
    for row in db.session.execute(_INSERTED, parameters):
        yield Breach("inserted journal", row.voucher, _hex(None), _hex(row.anew))


def _hex(digest: bytes | None) -> str:
    return bytes(digest).hex()[:16] if digest is not None else "nothing"
