"""A cooperative filled with invented members in no time, for measuring only."""

from datetime import date

from sqlalchemy import text

from app.extensions import db
from app.platform.services import SEEDS
from tenants.models import Tenant
from tenants.provisioning import Charter, open_tenant
from tenants.scope import tenant_scope

_PARTIES = text("""
    INSERT INTO parties (tenant_id, name)
    SELECT :tenant, 'Anggota ' || n FROM generate_series(1, :count) AS n
""")
_MEMBERS = text("""
    INSERT INTO members (tenant_id, id, number, nik, sex, born_on, birth_place, birth_note,
        address, rt, rw, phone, occupation, "group", business, heir_name, heir_relation,
        heir_phone, registered_on, joined_on, left_reason, consent_version, created_at)
    SELECT :tenant, id, row_number() OVER (ORDER BY id), lpad(id::text, 16, '0'), 'L',
        '1990-01-01', '', '', '', '001', '001', '', '', '', '', '', '', '', :joined, :joined,
        '', '', now()
    FROM parties WHERE tenant_id = :tenant
""")


def open_filled(name: str, members: int, joined: date) -> Tenant:
    """A new cooperative whose members all joined on one day."""
    coop = open_tenant(Charter(f"uji-{name}", f"Uji {name}", f"99.{name}", "Uji"), SEEDS)
    with tenant_scope(coop):
        values = {"tenant": coop.id, "count": members, "joined": joined}
        db.session.execute(_PARTIES, values)
        db.session.execute(_MEMBERS, values)
        db.session.commit()
    return coop
