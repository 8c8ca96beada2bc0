"""What the chain of seals condenses, as SQL: the content of a journal and of a redaction.

Each content is a JSON array whose text is the same in every language that can write JSON, so
that anybody can recompute a digest.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Breach:
    """Something in the past that is not as it was sealed."""

    what: str
    which: str
    sealed: str
    found: str

    def __str__(self) -> str:
        return f"{self.what} {self.which}: sealed {self.sealed}, found {self.found}"


def short(digest: bytes | None) -> str:
    return bytes(digest).hex()[:16] if digest is not None else "nothing"


# As it is written on paper: at least four digits, and all that there are.
VOUCHER = """
    v.kind || '-' || v.year || '-' || lpad(v.number::text, greatest(length(v.number::text), 4), '0')
"""
_STAMP = '\'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\''
_LINES = """
    (SELECT jsonb_agg(jsonb_build_array(l.line, l.account_id, l.unit_id, l.party_id,
                                        l.debit, l.credit, l.memo) ORDER BY l.line)
     FROM postings l WHERE l.tenant_id = j.tenant_id AND l.journal_id = j.id)
"""
# One journal; `v` is its voucher, `l` its lines.
_JOURNAL = f"""
    jsonb_build_array(
        j.tenant_id, j.id, {VOUCHER},
        j.posted_on, j.memo, j.source_kind, j.source_key,
        to_char(j.created_at AT TIME ZONE 'UTC', {_STAMP}), j.created_by, {_LINES})
"""
# One redaction `r`: which journal, who agreed to what, which texts, and what they left of it.
_REDACTION = f"""
    jsonb_build_array(
        r.tenant_id, r.journal_id, r.approval_id, r.asked_by, r.agreed_by, r.fields,
        encode(r.original, 'hex'), encode(r.digest, 'hex'),
        to_char(r.made_at AT TIME ZONE 'UTC', {_STAMP})
    )
"""


def _digest(content: str) -> str:
    return f"sha256(convert_to(({content})::text, 'UTF8'))"


JOURNAL = _digest(_JOURNAL)
# The same without its texts: what no redaction touches.
FIGURES = _digest(_JOURNAL.replace("j.memo, ", "").replace(", l.memo", ""))
REDACTION = _digest(_REDACTION)
