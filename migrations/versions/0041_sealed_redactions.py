"""Redactions under the seals, and texts that fit another member as well

Revision ID: 0041
Revises: 0049
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenant_tables import create_tenant_table

revision = "0041"
down_revision = "0049"
branch_labels = None
depends_on = None

# What somebody was ever called, their heir and who received for them included; and numbers.
NAMES = r"""
CREATE FUNCTION names_of(member bigint) RETURNS text[]
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT called::text), '{}') FROM (
        SELECT name AS called FROM parties
            WHERE tenant_id = current_setting('app.tenant_id')::bigint AND id = member
        UNION SELECT unnest(ARRAY[before ->> 'name', after ->> 'name']) FROM audit_events
            WHERE tenant_id = current_setting('app.tenant_id')::bigint
            AND record = 'parties' AND record_id = member::text
        UNION SELECT heir_name FROM members
            WHERE tenant_id = current_setting('app.tenant_id')::bigint AND id = member
        UNION SELECT recipient FROM departures
            WHERE tenant_id = current_setting('app.tenant_id')::bigint AND member_id = member
    ) AS known WHERE coalesce(called, '') <> ''
$$;
CREATE FUNCTION numbers_of(member bigint) RETURNS text[]
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT regexp_replace(known, '^(\+?62|0)', '')), '{}')
    FROM members, unnest(ARRAY[nik, phone, heir_phone]) AS known
    WHERE tenant_id = current_setting('app.tenant_id')::bigint AND id = member AND known <> ''
$$;
"""

# Of these names those that mean this person wherever they stand: of more than one word, and in
# nobody else's name.
NAMES_ALONE = """
CREATE FUNCTION names_alone(member bigint, names text[]) RETURNS text[]
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(called), '{}') FROM unnest(names) AS called
    WHERE called LIKE '% %' AND NOT EXISTS (
        SELECT FROM parties other
        WHERE other.tenant_id = current_setting('app.tenant_id')::bigint AND other.id <> member
        AND position(lower(called) IN lower(other.name)) > 0)
$$
"""

# The texts that may be about this person or about another of that name: somebody has to read
# them. Those in journals with a line about another person are about that one.
TEXTS = r"""
CREATE FUNCTION ambiguous_texts(member bigint) RETURNS TABLE (place text, content text)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    tenant bigint := current_setting('app.tenant_id')::bigint;
    names text[] := names_of(member);
    alone text[] := names_alone(member, names);
    pattern text;
    spot record;
BEGIN
    pattern := person_pattern(
        ARRAY(SELECT called FROM unnest(names) AS called WHERE called <> ALL (alone)), '{}');
    IF pattern IS NULL THEN RETURN; END IF;
    RETURN QUERY
        SELECT DISTINCT 'journals', text_ FROM (
            SELECT j.id, j.memo::text AS text_ FROM journals j WHERE j.tenant_id = tenant
            UNION ALL
            SELECT p.journal_id, p.memo::text FROM postings p
            WHERE p.tenant_id = tenant AND p.party_id IS NULL
        ) AS said
        WHERE text_ ~* pattern AND NOT EXISTS (
            SELECT FROM postings p WHERE p.tenant_id = tenant AND p.journal_id = said.id
            AND p.party_id IS NOT NULL);
    FOR spot IN
        SELECT c.table_name AS name, c.column_name AS field FROM information_schema.columns c
        JOIN information_schema.tables t
            ON t.table_schema = c.table_schema AND t.table_name = c.table_name
        WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
        AND c.data_type IN ('text', 'character varying')
        AND c.column_name NOT IN ('key', 'source_key', 'fingerprint', 'record_id')
        AND c.table_name NOT IN ('journals', 'postings', 'parties', 'members', 'tenants',
                                 'offices', 'audit_events', 'departures')
        AND EXISTS (SELECT FROM information_schema.columns own WHERE own.table_schema = 'public'
                    AND own.table_name = c.table_name AND own.column_name = 'tenant_id')
        AND has_column_privilege(format('%I', c.table_name)::regclass, c.column_name, 'SELECT')
        ORDER BY c.table_name, c.column_name
    LOOP
        RETURN QUERY EXECUTE format(
            'SELECT DISTINCT %1$L, %2$I::text FROM %1$I WHERE tenant_id = $1 AND %2$I ~* $2',
            spot.name, spot.field
        ) USING tenant, pattern;
    END LOOP;
END $$
"""

WITHOUT_TICKED = """
CREATE FUNCTION without_ticked(noted jsonb, ticked text[], pattern text, stays text) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_object_agg(name, CASE
        WHEN md5(value #>> '{}') = ANY (ticked)
            THEN to_jsonb(regexp_replace(value #>> '{}', pattern, stays, 'gi'))
        ELSE value END)
    FROM jsonb_each(noted) AS each (name, value)
$$
"""

# As in 0036b, and besides: texts that the two ticked are blanked as well; each redaction stands
# for itself and says what it began from; no seal is made meanwhile.
FORGET_MEMBER = r"""
CREATE OR REPLACE FUNCTION forget_member(member bigint, approval bigint) RETURNS void
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
    asked approvals%ROWTYPE;
    ticked text[];    -- digests of the texts that the two agreed are about them
    names text[];
    numbers text[];
    here text;        -- finds the person in rows that are about them
    anywhere text;    -- finds the person in any row
    mine bigint[];    -- journals with a line about them
    was bytea;
    sealed bytea;
    changed text[];
    spot record;
BEGIN
    SELECT * INTO STRICT who FROM members WHERE tenant_id = tenant AND id = member FOR UPDATE;
    IF who.forgotten_on IS NOT NULL THEN RETURN; END IF;
    SELECT a.* INTO asked FROM approvals a WHERE a.tenant_id = tenant AND a.id = approval
        AND a.kind = 'privacy.forget' AND a.key = member::text AND a.state = 'approved'
        AND a.decided_by <> a.asked_by;
    IF NOT FOUND THEN
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
    ticked := ARRAY(SELECT jsonb_array_elements_text(
        coalesce(asked.arguments -> 'texts', '[]'::jsonb)));
    names := names_of(member);
    numbers := numbers_of(member);
    here := person_pattern(names, numbers);
    anywhere := coalesce(person_pattern(names_alone(member, names), numbers), '(?!)');
    mine := ARRAY(
        SELECT DISTINCT journal_id FROM postings WHERE tenant_id = tenant AND party_id = member
    );

    -- Not while a seal is made: what it condenses must not change under it.
    INSERT INTO counters (tenant_id, kind, year, value) VALUES (tenant, 'seal', 0, 0)
    ON CONFLICT (tenant_id, kind, year) DO UPDATE SET value = counters.value;
    FOR spot IN
        SELECT j.id, CASE WHEN j.id = ANY (mine) OR md5(j.memo) = ANY (ticked) OR EXISTS (
                SELECT FROM postings p WHERE p.tenant_id = tenant AND p.journal_id = j.id
                AND md5(p.memo) = ANY (ticked)) THEN here ELSE anywhere END AS pattern
        FROM journals j WHERE j.tenant_id = tenant AND (
            j.id = ANY (mine) OR j.memo ~* anywhere OR md5(j.memo) = ANY (ticked) OR EXISTS (
                SELECT FROM postings p WHERE p.tenant_id = tenant AND p.journal_id = j.id
                AND (p.memo ~* anywhere OR md5(p.memo) = ANY (ticked))))
    LOOP
        was := journal_digest(tenant, spot.id);
        changed := '{}';
        UPDATE journals j SET memo = left(regexp_replace(j.memo, spot.pattern, stays, 'gi'), 200)
        WHERE j.tenant_id = tenant AND j.id = spot.id AND j.memo ~* spot.pattern
        AND (j.id = ANY (mine) OR j.memo ~* anywhere OR md5(j.memo) = ANY (ticked));
        IF FOUND THEN changed := ARRAY['memo']; END IF;
        WITH reworded AS (
            UPDATE postings p
            SET memo = left(regexp_replace(p.memo, spot.pattern, stays, 'gi'), 200)
            WHERE p.tenant_id = tenant AND p.journal_id = spot.id AND p.memo ~* spot.pattern
            AND (p.party_id = member OR p.memo ~* anywhere OR md5(p.memo) = ANY (ticked)
                 OR (p.party_id IS NULL AND spot.id = ANY (mine)))
            RETURNING p.line
        )
        SELECT changed || coalesce(array_agg(line::text ORDER BY line), '{}') INTO changed
        FROM reworded;
        CONTINUE WHEN changed = '{}';
        SELECT coalesce((
            SELECT r.digest FROM journal_redactions r
            WHERE r.tenant_id = d.tenant_id AND r.journal_id = d.journal_id
            ORDER BY r.made_at DESC LIMIT 1), d.digest)
        INTO sealed FROM journal_digests d
        WHERE d.tenant_id = tenant AND d.journal_id = spot.id;
        CONTINUE WHEN NOT FOUND;
        -- Forgetting must not launder what was changed behind the application's back.
        IF was <> sealed THEN
            RAISE EXCEPTION 'journal % is not as it was sealed', spot.id USING
                ERRCODE = 'check_violation', CONSTRAINT = 'sealed', DETAIL = spot.id::text;
        END IF;
        INSERT INTO journal_redactions (tenant_id, journal_id, approval_id, fields, original,
                                        digest, asked_by, agreed_by, made_at)
        VALUES (tenant, spot.id, approval, changed, was, journal_digest(tenant, spot.id),
                asked.asked_by, asked.decided_by, clock_timestamp());
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
        IF NOT spot.is_json AND spot.place <> 'audit_events' THEN
            EXECUTE format(
                'UPDATE %1$I SET %2$I = left(regexp_replace(%2$I, $1, $2, ''gi''), %3$s)'
                ' WHERE tenant_id = $3 AND md5(%2$I) = ANY ($4)',
                spot.place, spot.field, spot.longest
            ) USING here, stays, tenant, ticked;
        END IF;
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
    UPDATE audit_events SET
        before = without_ticked(before, ticked, here, stays),
        after = without_ticked(after, ticked, here, stays)
    WHERE tenant_id = tenant AND ticked <> '{}' AND (before::text ~* here OR after::text ~* here);
    INSERT INTO audit_events (tenant_id, at, actor_id, action, record, record_id, after)
    VALUES (tenant, clock_timestamp(), actor, 'forgotten', 'members', member::text,
            jsonb_build_object('approval', approval));
END $$
"""

# Those made before carry the day of this migration, and so enter the chain with the next seal.
KNOWN = """
UPDATE journal_redactions r SET fields = '{}', original = d.digest, asked_by = a.asked_by,
    agreed_by = a.decided_by, made_at = now()
FROM journal_digests d, approvals a
WHERE d.tenant_id = r.tenant_id AND d.journal_id = r.journal_id
AND a.tenant_id = r.tenant_id AND a.id = r.approval_id
"""
TABLE = "journal_redactions"


def upgrade() -> None:
    op.add_column("journal_digests", sa.Column("figures", sa.LargeBinary))
    create_tenant_table(
        "redaction_digests",
        sa.Column("journal_id", sa.BigInteger, nullable=False),
        sa.Column("approval_id", sa.BigInteger, nullable=False),
        sa.Column("seal", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        key=("journal_id", "approval_id"),
        grant="SELECT, INSERT",
    )
    op.create_index(None, "redaction_digests", ["tenant_id", "seal"])
    _widen_redactions()
    for function in (NAMES, NAMES_ALONE, TEXTS, WITHOUT_TICKED, FORGET_MEMBER):
        op.execute(function)


def downgrade() -> None:
    raise NotImplementedError("the chain is not taken back")


def _widen_redactions() -> None:
    """Rows of every cooperative change here, so no policy binds the owner meanwhile."""
    op.add_column(TABLE, sa.Column("fields", sa.ARRAY(sa.String)))
    op.add_column(TABLE, sa.Column("original", sa.LargeBinary))
    for name in ("asked_by", "agreed_by"):
        op.add_column(TABLE, sa.Column(name, sa.BigInteger))
        # The columns are new: there is nothing to look through.
        op.create_foreign_key(None, TABLE, "users", [name], ["id"], postgresql_not_valid=True)
    tables = (TABLE, "journal_digests", "approvals")
    for table in tables:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(KNOWN)
    for table in tables:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for name in ("fields", "original", "asked_by", "agreed_by"):
        op.alter_column(TABLE, name, nullable=False)
    op.drop_constraint(f"pk_{TABLE}", TABLE, type_="primary")
    op.create_primary_key(f"pk_{TABLE}", TABLE, ["tenant_id", "journal_id", "approval_id"])
