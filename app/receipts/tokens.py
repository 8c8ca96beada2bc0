"""The signed reference in the QR code of a receipt: short, and good for as long as paper is.

It never expires. When the secret changes, the old one moves to SECRET_KEY_FALLBACKS, or all
paper of before stops being checkable.
"""

from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadSignature, Signer


@dataclass(frozen=True)
class Reference:
    """Which journal of which cooperative a receipt stands for."""

    tenant_id: int
    journal_id: int


def sign(reference: Reference) -> str:
    """The reference as the link carries it: "4-1234.signature"."""
    return _signer().sign(f"{reference.tenant_id}-{reference.journal_id}").decode()


def read(token: str) -> Reference | None:
    """What a token refers to; None for one that we never signed."""
    try:
        tenant_id, journal_id = _signer().unsign(token).decode().split("-")
    except (BadSignature, UnicodeError):
        return None
    return Reference(int(tenant_id), int(journal_id))


def _signer() -> Signer:
    """Signs with the secret of now; what earlier ones have signed is still good."""
    earlier = current_app.config.get("SECRET_KEY_FALLBACKS") or []
    keys = [*reversed(earlier), current_app.config["SECRET_KEY"]]
    return Signer(keys, salt="receipt", key_derivation="hmac")
