"""The promises that the database itself keeps, as functions that triggers call.

Frozen: migrations of the past use it. Tables are named with their schema, without which a
distributed PostgreSQL would not find them on its nodes.
"""

# At commit a journal is counted and added up. Per journal, not per posting: adding up once
# for each line would be quadratic.
JOURNAL_BALANCED = """
CREATE FUNCTION assert_journal_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) <> NEW.line_count OR sum(debit) IS DISTINCT FROM sum(credit)
        FROM public.postings
        WHERE tenant_id = NEW.tenant_id AND journal_id = NEW.id) THEN
        RAISE EXCEPTION 'journal % does not balance', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_balanced';
    END IF;
    RETURN NULL;
END $$
"""

# A line that its journal does not announce is refused, so nothing is added to an old one.
LINE_ANNOUNCED = """
CREATE FUNCTION assert_line_announced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    announced integer;
    day date;
BEGIN
    SELECT line_count, posted_on INTO announced, day FROM public.journals
    WHERE tenant_id = NEW.tenant_id AND id = NEW.journal_id;
    IF NEW.line > announced OR NEW.posted_on <> day THEN
        RAISE EXCEPTION 'journal % has no line % on %', NEW.journal_id, NEW.line, NEW.posted_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'line_announced';
    END IF;
    RETURN NEW;
END $$
"""

# A closed month takes nothing. Whoever writes a journal shares the month's row until commit;
# whoever closes the month takes it alone, so neither can slip past the other.
MONTH_OPEN = """
CREATE FUNCTION assert_month_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    month date := date_trunc('month', NEW.posted_on)::date;
    closed timestamptz;
BEGIN
    IF NEW.posted_on > (now() AT TIME ZONE 'Asia/Jakarta')::date THEN
        RAISE EXCEPTION 'a journal cannot be dated in the future: %', NEW.posted_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'not_in_future';
    END IF;
    SELECT closed_at INTO closed FROM public.months
    WHERE tenant_id = NEW.tenant_id AND period = month FOR KEY SHARE;
    IF NOT FOUND THEN
        INSERT INTO public.months (tenant_id, period) VALUES (NEW.tenant_id, month)
        ON CONFLICT DO NOTHING;
        SELECT closed_at INTO closed FROM public.months
        WHERE tenant_id = NEW.tenant_id AND period = month FOR KEY SHARE;
    END IF;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'the books of % are closed', month
            USING ERRCODE = 'check_violation', CONSTRAINT = 'month_open';
    END IF;
    RETURN NEW;
END $$
"""

# What a member has saved does not go below zero, nor does what one owes: not by two people
# at the same time either, since the row of the balance is one.
NOT_OVERDRAWN = """
CREATE FUNCTION refuse_overdraft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'party % would be overdrawn in account %', NEW.party_id, NEW.account_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'not_overdrawn';
END $$
"""

# Who changed what: the first argument names the column (or columns, by +) that tell the
# record, the others are columns whose content is nobody's business.
NOTE_CHANGE = """
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    whole jsonb := coalesce(after, before);
    hidden text;
    label text;
BEGIN
    SELECT string_agg(whole ->> part, '/') INTO label
    FROM unnest(string_to_array(TG_ARGV[0], '+')) AS part;
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(key, value) INTO after FROM jsonb_each(after)
        WHERE before -> key IS DISTINCT FROM value;
        IF after IS NULL THEN RETURN NULL; END IF;
        SELECT jsonb_object_agg(key, value) INTO before FROM jsonb_each(before)
        WHERE after ? key;
    END IF;
    FOREACH hidden IN ARRAY TG_ARGV[1:] LOOP
        IF before ? hidden THEN before := jsonb_set(before, ARRAY[hidden], '"•••"'); END IF;
        IF after ? hidden THEN after := jsonb_set(after, ARRAY[hidden], '"•••"'); END IF;
    END LOOP;
    INSERT INTO public.audit_events
        (tenant_id, at, actor_id, action, record, record_id, before, after)
    VALUES (coalesce((whole ->> 'tenant_id')::bigint,
                     nullif(current_setting('app.tenant_id', true), '')::bigint),
            clock_timestamp(), nullif(current_setting('app.actor_id', true), '')::bigint,
            lower(TG_OP), TG_TABLE_NAME, label, before - 'tenant_id', after - 'tenant_id');
    RETURN NULL;
END $$
"""

ALL = (JOURNAL_BALANCED, LINE_ANNOUNCED, MONTH_OPEN, NOT_OVERDRAWN, NOTE_CHANGE)

TRIGGERS = (
    # Deferred: the lines of a journal come after it and balance only at the end.
    """CREATE CONSTRAINT TRIGGER journal_balanced AFTER INSERT ON journals
       DEFERRABLE INITIALLY DEFERRED
       FOR EACH ROW EXECUTE FUNCTION assert_journal_balanced()""",
    """CREATE TRIGGER line_announced BEFORE INSERT ON postings
       FOR EACH ROW EXECUTE FUNCTION assert_line_announced()""",
    """CREATE TRIGGER month_open BEFORE INSERT ON journals
       FOR EACH ROW EXECUTE FUNCTION assert_month_open()""",
    """CREATE TRIGGER not_overdrawn AFTER INSERT OR UPDATE ON party_balances
       FOR EACH ROW WHEN (NEW.balance < 0) EXECUTE FUNCTION refuse_overdraft()""",
)
