-- Who may do what, tightened. README.md beside this file has the table; the tests of the ledger
-- try each right of each role on each table. This file is released: it never changes.

-- Roles belong to the whole server, so another database may be making it at this moment.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'raiz_regulator') THEN
    CREATE ROLE raiz_regulator NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;
END $$;

-- A database is PUBLIC's for temporary tables unless that is taken away, and in PostgreSQL 14 so
-- is the schema public. Neither is needed here; either is a place to put what shadows a name.
DO $$
BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'PUBLIC keeps what only a superuser can take away: %', SQLERRM;
END $$;

REVOKE ALL ON SCHEMA raiz, raiz_read, raiz_vault FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA raiz, raiz_read, raiz_vault FROM PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA raiz, raiz_read, raiz_vault FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA raiz, raiz_read, raiz_vault FROM PUBLIC;
REVOKE ALL ON public.raiz_migrations FROM PUBLIC;
GRANT SELECT ON public.raiz_migrations TO raiz_writer, raiz_reader, raiz_regulator;

-- The read models belong to the role that nobody logs in as, like the ledger.
GRANT CREATE, USAGE ON SCHEMA raiz_read, raiz_vault TO raiz_owner;
DO $$
DECLARE
  item record;
BEGIN
  FOR item IN SELECT c.oid::regclass AS name FROM pg_class c
    WHERE c.relnamespace IN ('raiz_read'::regnamespace, 'raiz_vault'::regnamespace)
      AND c.relkind IN ('r', 'p')
  LOOP
    EXECUTE format('ALTER TABLE %s OWNER TO raiz_owner', item.name);
  END LOOP;
  FOR item IN SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace IN ('raiz_read'::regnamespace, 'raiz_vault'::regnamespace)
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO raiz_owner', item.name);
  END LOOP;
END $$;
ALTER SCHEMA raiz_read OWNER TO raiz_owner;
ALTER SCHEMA raiz_vault OWNER TO raiz_owner;
GRANT EXECUTE ON FUNCTION raiz_read.verdict_text(smallint)
  TO raiz_writer, raiz_reader, raiz_regulator;

-- A regulator reads what it takes to verify and to judge, and nothing about keys.
GRANT USAGE ON SCHEMA raiz, raiz_read TO raiz_regulator;
GRANT SELECT ON raiz.ledgers, raiz.events, raiz.streams, raiz.attachments, raiz.tiles,
  raiz.checkpoints, raiz.cosignatures TO raiz_regulator;
GRANT SELECT ON ALL TABLES IN SCHEMA raiz_read TO raiz_regulator;

-- A witness's line is evidence like the checkpoint that it stands under.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_trigger
    WHERE tgrelid = 'raiz.cosignatures'::regclass AND tgname = 'append_only') THEN
    PERFORM raiz.make_append_only('raiz.cosignatures');
  END IF;
END $$;

-- Attachments: evidence is never changed or deleted; ciphertext of a person can be deleted.
CREATE TRIGGER kept BEFORE UPDATE OR TRUNCATE ON raiz.attachments
  FOR EACH STATEMENT EXECUTE FUNCTION raiz.refuse_change();
ALTER TABLE raiz.attachments ENABLE ALWAYS TRIGGER kept;
CREATE TRIGGER evidence_kept BEFORE DELETE ON raiz.attachments FOR EACH ROW
  WHEN (OLD.media_type <> 'application/vnd.raiz.sealed')
  EXECUTE FUNCTION raiz.refuse_change();
ALTER TABLE raiz.attachments ENABLE ALWAYS TRIGGER evidence_kept;

-- Row rules, rather than a view beside the table: the same statements serve every role.
ALTER TABLE raiz.attachments ENABLE ROW LEVEL SECURITY;
CREATE POLICY written ON raiz.attachments TO raiz_writer USING (true) WITH CHECK (true);
CREATE POLICY read ON raiz.attachments FOR SELECT TO raiz_reader USING (true);
CREATE POLICY regulated ON raiz.attachments FOR SELECT TO raiz_regulator
  USING (media_type <> 'application/vnd.raiz.sealed');
