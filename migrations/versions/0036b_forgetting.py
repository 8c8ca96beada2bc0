"""Blanking what is known of a person whose time is over

Revision ID: 0036b
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import create_tenant_table, tenant_fk

revision = "0036b"
down_revision = "0032"
branch_labels = None
depends_on = None

# The content of a journal as `app.ledger.seals` condenses it.
JOURNAL_DIGEST = """
CREATE FUNCTION journal_digest(tenant bigint, journal bigint) RETURNS bytea
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT sha256(convert_to((jsonb_build_array(
        j.tenant_id, j.id,
        v.kind || '-' || v.year || '-'
            || lpad(v.number::text, greatest(length(v.number::text), 4), '0'),
        j.posted_on, j.memo, j.source_kind, j.source_key,
        to_char(j.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), j.created_by,
        (SELECT jsonb_agg(jsonb_build_array(l.line, l.account_id, l.unit_id, l.party_id,
                                            l.debit, l.credit, l.memo) ORDER BY l.line)
         FROM postings l WHERE l.tenant_id = j.tenant_id AND l.journal_id = j.id)
    ))::text, 'UTF8'))
    FROM journals j
    LEFT JOIN vouchers v ON v.tenant_id = j.tenant_id AND v.journal_id = j.id
    WHERE j.tenant_id = tenant AND j.id = journal
$$
"""

# Texts by which a person is found: what they were called, and their numbers. A name of one
# word, or one that another person bears as well, tells them only where a row is about them.
PERSON_PATTERN = r"""
CREATE FUNCTION person_pattern(names text[], numbers text[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT nullif(concat_ws('|',
        (SELECT '\m(' || string_agg(
                    regexp_replace(name, '([].*+?^$(){}|[\\/-])', '\\\1', 'g'), '|'
                    ORDER BY length(name) DESC) || ')(?!\w)'
         FROM unnest(names) AS name WHERE length(name) > 1),
        (SELECT '(\+?62|\m0)?(' || string_agg(number, '|') || ')'
         FROM unnest(numbers) AS number WHERE length(number) >= 6)
    ), '')
$$
"""

# The one way past the grants that make the books and the trail append-only. It blanks what is
# personal of somebody whose erasure a second person has approved, and nothing else; sums,
# accounts and days stay. A journal that was sealed must still be as it was sealed; what it
# reads from now on is kept beside the seal, so that the chain can still be checked.
FORGET_MEMBER = r"""
CREATE FUNCTION forget_member(member bigint, approval bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tenant bigint := current_setting('app.tenant_id')::bigint;
    actor bigint := nullif(current_setting('app.actor_id', true), '')::bigint;
    blanked text[] := ARRAY['name', 'nik', 'born_on', 'birth_place', 'birth_note', 'address', 'rt',
        'rw', 'phone', 'occupation', 'group', 'business', 'note', 'heir_name', 'heir_relation',
        'heir_phone', 'left_reason', 'recipient', 'recipient_papers', 'letter', 'reason',
        'end_reason', 'text', 'answer'];
    who members%ROWTYPE;
    stays text;
    names text[];
    numbers text[];
    here text;        -- finds the person in rows that are about them
    anywhere text;    -- finds the person in any row
    mine bigint[];    -- journals with a line about them
    was bytea;
    sealed bytea;
    spot record;
BEGIN
    SELECT * INTO STRICT who FROM members WHERE tenant_id = tenant AND id = member FOR UPDATE;
    IF who.forgotten_on IS NOT NULL THEN RETURN; END IF;
    IF NOT EXISTS (
        SELECT FROM approvals a WHERE a.tenant_id = tenant AND a.id = approval
        AND a.kind = 'privacy.forget' AND a.key = member::text AND a.state = 'approved'
        AND a.decided_by <> a.asked_by
    ) THEN
        RAISE EXCEPTION 'no second person has approved' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (who.joined_on IS NOT NULL AND who.left_on IS NULL) OR EXISTS (
        SELECT FROM party_balances b
        WHERE b.tenant_id = tenant AND b.party_id = member AND b.balance <> 0
    ) THEN
        RAISE EXCEPTION 'still a member, or something is still owed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'not_forgettable';
    END IF;

    stays := 'Anggota A'
        || lpad(who.number::text, greatest(length(who.number::text), 4), '0');
    SELECT array_agg(DISTINCT called) INTO names FROM (
        SELECT name AS called FROM parties WHERE tenant_id = tenant AND id = member
        UNION SELECT before ->> 'name' FROM audit_events
            WHERE tenant_id = tenant AND record = 'parties' AND record_id = member::text
        UNION SELECT after ->> 'name' FROM audit_events
            WHERE tenant_id = tenant AND record = 'parties' AND record_id = member::text
        UNION SELECT who.heir_name
        UNION SELECT recipient FROM departures WHERE tenant_id = tenant AND member_id = member
    ) AS known WHERE coalesce(called, '') <> '';
    numbers := ARRAY(
        SELECT DISTINCT regexp_replace(number, '^(\+?62|0)', '')
        FROM unnest(ARRAY[who.nik, who.phone, who.heir_phone]) AS number WHERE number <> ''
    );
    here := person_pattern(names, numbers);
    anywhere := coalesce(person_pattern(ARRAY(
        SELECT called FROM unnest(names) AS called
        WHERE called LIKE '% %' AND NOT EXISTS (
            SELECT FROM parties other WHERE other.tenant_id = tenant AND other.id <> member
            AND position(lower(called) IN lower(other.name)) > 0
        )
    ), numbers), '(?!)');
    mine := ARRAY(
        SELECT DISTINCT journal_id FROM postings WHERE tenant_id = tenant AND party_id = member
    );

    FOR spot IN
        SELECT j.id, CASE WHEN j.id = ANY (mine) THEN here ELSE anywhere END AS pattern
        FROM journals j WHERE j.tenant_id = tenant AND (
            j.id = ANY (mine) OR j.memo ~* anywhere OR EXISTS (
                SELECT FROM postings p WHERE p.tenant_id = tenant AND p.journal_id = j.id
                AND p.memo ~* anywhere))
    LOOP
        was := journal_digest(tenant, spot.id);
        UPDATE journals j SET memo = left(regexp_replace(j.memo, spot.pattern, stays, 'gi'), 200)
        WHERE j.tenant_id = tenant AND j.id = spot.id AND j.memo ~* spot.pattern;
        UPDATE postings p SET memo = left(regexp_replace(p.memo, spot.pattern, stays, 'gi'), 200)
        WHERE p.tenant_id = tenant AND p.journal_id = spot.id AND p.memo ~* spot.pattern
        AND (p.party_id = member OR p.party_id IS NULL OR p.memo ~* anywhere);
        SELECT coalesce(r.digest, d.digest) INTO sealed FROM journal_digests d
        LEFT JOIN journal_redactions r
            ON r.tenant_id = d.tenant_id AND r.journal_id = d.journal_id
        WHERE d.tenant_id = tenant AND d.journal_id = spot.id;
        CONTINUE WHEN NOT FOUND OR was = journal_digest(tenant, spot.id);
        IF was <> sealed THEN
            RAISE EXCEPTION 'journal % is not as it was sealed', spot.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'sealed';
        END IF;
        INSERT INTO journal_redactions (tenant_id, journal_id, digest, approval_id, made_at)
        VALUES (tenant, spot.id, journal_digest(tenant, spot.id), approval, clock_timestamp())
        ON CONFLICT ON CONSTRAINT pk_journal_redactions DO UPDATE SET
            digest = excluded.digest, approval_id = excluded.approval_id,
            made_at = excluded.made_at;
    END LOOP;

    UPDATE parties SET name = stays WHERE tenant_id = tenant AND id = member;
    UPDATE members SET nik = '', born_on = '1900-01-01', birth_place = '', birth_note = '',
        address = '', rt = '', rw = '', phone = '', occupation = '', "group" = '', business = '',
        note = '', heir_name = '', heir_relation = '', heir_phone = '', left_reason = '',
        left_on = coalesce(left_on, (now() AT TIME ZONE 'Asia/Jakarta')::date),
        forgotten_on = (now() AT TIME ZONE 'Asia/Jakarta')::date
    WHERE tenant_id = tenant AND id = member;
    UPDATE departures SET reason = '', letter = '', recipient_papers = '',
        recipient = CASE recipient WHEN '' THEN '' ELSE stays END
    WHERE tenant_id = tenant AND member_id = member;
    UPDATE correction_requests SET text = '', answer = ''
    WHERE tenant_id = tenant AND member_id = member;
    UPDATE passive_spells SET reason = regexp_replace(reason, here, stays, 'gi'),
        end_reason = regexp_replace(end_reason, here, stays, 'gi')
    WHERE tenant_id = tenant AND member_id = member;
    UPDATE dues_waivers SET reason = left(regexp_replace(reason, here, stays, 'gi'), 200)
    WHERE tenant_id = tenant AND member_id = member AND reason ~* here;
    UPDATE approvals a SET title = left(regexp_replace(a.title, here, stays, 'gi'), 200),
        reason = left(regexp_replace(a.reason, here, stays, 'gi'), 200),
        answer = left(regexp_replace(a.answer, here, stays, 'gi'), 200),
        arguments = regexp_replace(a.arguments::text, here, stays, 'gi')::jsonb
    WHERE a.tenant_id = tenant AND (
        (a.kind LIKE 'departures.%' AND a.key = member::text)
        OR (a.kind IN ('departures.refund', 'savings.withdrawal')
            AND a.arguments ->> 'number' = who.number::text)
        OR (a.arguments ->> 'journal')::bigint = ANY (mine));
    UPDATE member_imports i SET rows = (
        SELECT coalesce(jsonb_agg(
            CASE WHEN line.cells::text ~* anywhere THEN '[]'::jsonb ELSE line.cells END
            ORDER BY line.place), '[]'::jsonb)
        FROM jsonb_array_elements(i.rows) WITH ORDINALITY AS line (cells, place))
    WHERE i.tenant_id = tenant AND i.rows::text ~* anywhere;

    -- Whatever else names them, in a note or a text of any kind.
    FOR spot IN
        SELECT c.table_name AS place, c.column_name AS field, c.data_type = 'jsonb' AS is_json,
               coalesce(c.character_maximum_length, 1000000) AS longest
        FROM information_schema.columns c
        JOIN information_schema.tables t
            ON t.table_schema = c.table_schema AND t.table_name = c.table_name
        WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
        AND c.data_type IN ('text', 'character varying', 'jsonb')
        AND c.column_name NOT IN ('key', 'source_key', 'fingerprint', 'record_id')
        AND c.table_name NOT IN ('journals', 'postings', 'parties', 'members', 'tenants', 'offices')
        AND EXISTS (SELECT FROM information_schema.columns own WHERE own.table_schema = 'public'
                    AND own.table_name = c.table_name AND own.column_name = 'tenant_id')
        ORDER BY c.table_name = 'audit_events', c.table_name
    LOOP
        EXECUTE format(
            CASE WHEN spot.is_json
                THEN 'UPDATE %1$I SET %2$I = regexp_replace(%2$I::text, $1, $2, ''gi'')::jsonb'
                ELSE 'UPDATE %1$I SET %2$I = left(regexp_replace(%2$I, $1, $2, ''gi''), %3$s)'
            END || ' WHERE tenant_id = $3 AND %2$I::text ~* $1',
            spot.place, spot.field, spot.longest
        ) USING anywhere, stays, tenant;
    END LOOP;

    -- The trail last: what was done above is in it by now.
    UPDATE audit_events SET before = before - blanked, after = after - blanked
    WHERE tenant_id = tenant AND action <> 'looked' AND (
        (record IN ('members', 'parties', 'departures') AND record_id = member::text)
        OR (record IN ('correction_requests', 'passive_spells') AND record_id IN (
            SELECT id::text FROM correction_requests
            WHERE tenant_id = tenant AND member_id = member
            UNION SELECT id::text FROM passive_spells
            WHERE tenant_id = tenant AND member_id = member)));
    UPDATE audit_events SET before = regexp_replace(before::text, here, stays, 'gi')::jsonb,
        after = regexp_replace(after::text, here, stays, 'gi')::jsonb
    WHERE tenant_id = tenant AND (
        (record = 'journals' AND record_id = ANY (mine::text[]))
        OR (record = 'dues_waivers' AND record_id LIKE member || '/%')
        OR (record = 'approvals' AND record_id IN (
            SELECT a.id::text FROM approvals a WHERE a.tenant_id = tenant
            AND (a.title LIKE '%' || stays || '%' OR a.reason LIKE '%' || stays || '%'))));
    INSERT INTO audit_events (tenant_id, at, actor_id, action, record, record_id, after)
    VALUES (tenant, clock_timestamp(), actor, 'forgotten', 'members', member::text,
            jsonb_build_object('approval', approval));
END $$
"""


def upgrade() -> None:
    op.add_column("members", sa.Column("forgotten_on", sa.Date))
    create_tenant_table(
        "journal_redactions",
        sa.Column("journal_id", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("approval_id", sa.BigInteger, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        tenant_fk("approval_id", "approvals"),
        key=("journal_id",),
        grant="SELECT",
    )
    for function in (JOURNAL_DIGEST, PERSON_PATTERN, FORGET_MEMBER):
        op.execute(function)
    op.execute("REVOKE EXECUTE ON FUNCTION forget_member FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION forget_member TO koperasi_app")


def downgrade() -> None:
    raise NotImplementedError("what was forgotten does not come back")
