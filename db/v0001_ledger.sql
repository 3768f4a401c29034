-- The ledger: append-only events with a hash tree over them. README.md beside this file says who
-- may do what. This file is released: it never changes, a later migration does.

-- Roles belong to the whole server, so another database may be making them at this moment.
DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['raiz_owner', 'raiz_writer', 'raiz_reader'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
    BEGIN
      IF NOT pg_has_role(current_user, role_name, 'MEMBER') THEN
        EXECUTE format('GRANT %I TO %I', role_name, current_user);
      END IF;
    EXCEPTION WHEN unique_violation THEN
      NULL;
    END;
  END LOOP;
END $$;

CREATE SCHEMA raiz;
GRANT USAGE ON SCHEMA raiz TO raiz_writer, raiz_reader;

-- One row a ledger: its head. Changed only by advance_head, by compare-and-swap.
CREATE TABLE raiz.ledgers (
  ledger bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
  origin text COLLATE "C" NOT NULL UNIQUE CHECK (length(origin) BETWEEN 1 AND 200),
  size bigint NOT NULL DEFAULT 0 CHECK (size >= 0),
  -- SHA-256(""), the root of the empty tree
  root bytea NOT NULL DEFAULT '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    CHECK (length(root) = 32),
  -- the roots of the perfect subtrees, largest first, 32 bytes each
  frontier bytea NOT NULL DEFAULT '' CHECK (length(frontier) % 32 = 0),
  epoch bigint NOT NULL DEFAULT 1,
  last_recorded_at timestamptz NOT NULL DEFAULT to_timestamp(0),
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE raiz.events (
  ledger bigint NOT NULL,
  position bigint NOT NULL CHECK (position >= 0),
  stream text COLLATE "C" NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  bytes bytea NOT NULL CHECK (length(bytes) <= 65535),
  leaf_hash bytea NOT NULL CHECK (length(leaf_hash) = 32),
  PRIMARY KEY (ledger, position)
) PARTITION BY RANGE (position);
CREATE INDEX events_by_stream ON raiz.events (ledger, stream, version);

CREATE TABLE raiz.streams (
  ledger bigint NOT NULL,
  stream text COLLATE "C" NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  last_position bigint NOT NULL,
  PRIMARY KEY (ledger, stream)
) WITH (fillfactor = 80);

CREATE TABLE raiz.event_keys (
  ledger bigint NOT NULL,
  key text COLLATE "C" NOT NULL,
  first_position bigint NOT NULL,
  count bigint NOT NULL CHECK (count > 0),
  -- SHA-256 over what the commit says: a repeated key must come with the same
  content bytea NOT NULL CHECK (length(content) = 32),
  -- the checkpoint that was given in the receipt
  checkpoint_size bigint NOT NULL,
  PRIMARY KEY (ledger, key)
);

CREATE TABLE raiz.attachments (
  ledger bigint NOT NULL,
  digest bytea NOT NULL CHECK (digest = sha256(bytes)),
  media_type text NOT NULL,
  bytes bytea NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (ledger, digest)
);
-- Photos and ciphertext do not shrink.
ALTER TABLE raiz.attachments ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Full tiles of 256 hashes: level 0 has the leaves', level n+1 the roots of the tiles of level n.
CREATE TABLE raiz.tiles (
  ledger bigint NOT NULL,
  level smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
  index bigint NOT NULL CHECK (index >= 0),
  root bytea NOT NULL CHECK (length(root) = 32),
  hashes bytea NOT NULL CHECK (length(hashes) = 8192),
  PRIMARY KEY (ledger, level, index)
);
ALTER TABLE raiz.tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

CREATE TABLE raiz.checkpoints (
  ledger bigint NOT NULL,
  size bigint NOT NULL CHECK (size > 0),
  root bytea NOT NULL CHECK (length(root) = 32),
  -- the signed note (C2SP tlog-checkpoint)
  note text NOT NULL,
  signed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (ledger, size)
);

CREATE TABLE raiz.cosignatures (
  ledger bigint NOT NULL,
  size bigint NOT NULL,
  witness text COLLATE "C" NOT NULL,
  key_id bytea NOT NULL CHECK (length(key_id) = 4),
  signed_at timestamptz NOT NULL,
  -- the signature line (C2SP tlog-cosignature)
  line text NOT NULL,
  PRIMARY KEY (ledger, size, witness, key_id),
  FOREIGN KEY (ledger, size) REFERENCES raiz.checkpoints
);

-- What is recorded is never changed, whoever asks, replicas' triggers switched off or not.
CREATE FUNCTION raiz.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'RZ003', HINT = 'What a ledger has recorded is never changed.';
END $$;

CREATE FUNCTION raiz.make_append_only(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s
       FOR EACH STATEMENT EXECUTE FUNCTION raiz.refuse_change()', target);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER append_only', target);
END $$;

SELECT raiz.make_append_only('raiz.events');
SELECT raiz.make_append_only('raiz.event_keys');
SELECT raiz.make_append_only('raiz.tiles');
SELECT raiz.make_append_only('raiz.checkpoints');

CREATE FUNCTION raiz.refuse_rewind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size < OLD.size OR NEW.epoch < OLD.epoch OR NEW.ledger <> OLD.ledger
    OR NEW.origin <> OLD.origin OR NEW.last_recorded_at < OLD.last_recorded_at THEN
    RAISE EXCEPTION 'the head of ledger % is not set back', OLD.name USING ERRCODE = 'RZ003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER no_rewind BEFORE UPDATE ON raiz.ledgers
  FOR EACH ROW EXECUTE FUNCTION raiz.refuse_rewind();
ALTER TABLE raiz.ledgers ENABLE ALWAYS TRIGGER no_rewind;
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON raiz.ledgers
  FOR EACH STATEMENT EXECUTE FUNCTION raiz.refuse_change();
ALTER TABLE raiz.ledgers ENABLE ALWAYS TRIGGER kept;

CREATE TRIGGER no_rewind BEFORE UPDATE ON raiz.streams FOR EACH ROW
  WHEN (NEW.version <= OLD.version OR NEW.last_position <= OLD.last_position
    OR NEW.ledger <> OLD.ledger OR NEW.stream <> OLD.stream)
  EXECUTE FUNCTION raiz.refuse_change();
ALTER TABLE raiz.streams ENABLE ALWAYS TRIGGER no_rewind;
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON raiz.streams
  FOR EACH STATEMENT EXECUTE FUNCTION raiz.refuse_change();
ALTER TABLE raiz.streams ENABLE ALWAYS TRIGGER kept;

-- Makes the partitions of events for every position up to the given one: 2^24 positions each.
-- Attached rather than created in place, because that does not lock readers out.
CREATE FUNCTION raiz.ensure_partitions(upto bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  step constant bigint := 16777216;
  part text;
  made bigint;
BEGIN
  -- Partitions are made in order, so their number says which is next.
  SELECT count(*) INTO made FROM pg_inherits WHERE inhparent = 'raiz.events'::regclass;
  IF made > upto / step THEN
    RETURN;
  END IF;
  IF upto / step - made > 64 THEN
    RAISE EXCEPTION 'position % is too far ahead', upto USING ERRCODE = 'RZ004';
  END IF;
  PERFORM pg_advisory_xact_lock(7954893021);
  SELECT count(*) INTO made FROM pg_inherits WHERE inhparent = 'raiz.events'::regclass;
  WHILE made <= upto / step LOOP
    part := format('raiz.events_p%s', lpad(made::text, 6, '0'));
    EXECUTE format('CREATE TABLE %s (LIKE raiz.events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)',
      part);
    EXECUTE format(
      'ALTER TABLE raiz.events ATTACH PARTITION %s FOR VALUES FROM (%s) TO (%s)',
      part, made * step, (made + 1) * step);
    PERFORM raiz.make_append_only(part::regclass);
    made := made + 1;
  END LOOP;
END $$;

-- Moves a ledger's head, if it is still where the caller saw it. RZ001: another server wrote in
-- between (look again, try again). RZ002: the epoch changed (stop).
CREATE FUNCTION raiz.advance_head(
  in_ledger bigint, old_size bigint, in_epoch bigint, new_size bigint, new_root bytea,
  new_frontier bytea, recorded_at timestamptz
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found_epoch bigint;
BEGIN
  -- Acknowledged means on disk, whatever the server's default is.
  IF current_setting('synchronous_commit') = 'off' THEN
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;
  UPDATE raiz.ledgers
    SET size = new_size, root = new_root, frontier = new_frontier, last_recorded_at = recorded_at
    WHERE ledger = in_ledger AND size = old_size AND epoch = in_epoch;
  IF NOT FOUND THEN
    SELECT epoch INTO found_epoch FROM raiz.ledgers WHERE ledger = in_ledger;
    IF found_epoch IS DISTINCT FROM in_epoch THEN
      RAISE EXCEPTION 'epoch % of ledger % is over', in_epoch, in_ledger USING ERRCODE = 'RZ002';
    END IF;
    RAISE EXCEPTION 'ledger % has moved on from %', in_ledger, old_size USING ERRCODE = 'RZ001';
  END IF;
END $$;

-- Ends the epoch: every server that holds it stops at its next append. For a restore or a
-- take-over; the owner calls it.
CREATE FUNCTION raiz.end_epoch(in_ledger bigint) RETURNS bigint LANGUAGE sql AS $$
  UPDATE raiz.ledgers SET epoch = epoch + 1 WHERE ledger = in_ledger RETURNING epoch
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA raiz FROM PUBLIC;
GRANT EXECUTE ON FUNCTION raiz.ensure_partitions(bigint) TO raiz_writer;
GRANT EXECUTE ON FUNCTION
  raiz.advance_head(bigint, bigint, bigint, bigint, bytea, bytea, timestamptz) TO raiz_writer;

GRANT SELECT ON ALL TABLES IN SCHEMA raiz TO raiz_writer, raiz_reader;
GRANT INSERT ON raiz.ledgers, raiz.events, raiz.streams, raiz.event_keys, raiz.attachments,
  raiz.tiles, raiz.checkpoints, raiz.cosignatures TO raiz_writer;
GRANT UPDATE (size, root, frontier, last_recorded_at) ON raiz.ledgers TO raiz_writer;
GRANT UPDATE (version, last_position) ON raiz.streams TO raiz_writer;
-- Erasing a person's data deletes ciphertext; every hash over the events still holds.
GRANT DELETE ON raiz.attachments TO raiz_writer;

-- Everything belongs to a role that nobody logs in as. Owning needs CREATE on the schema.
GRANT CREATE, USAGE ON SCHEMA raiz TO raiz_owner;
DO $$
DECLARE
  item record;
BEGIN
  FOR item IN SELECT c.oid::regclass AS name FROM pg_class c
    WHERE c.relnamespace = 'raiz'::regnamespace AND c.relkind IN ('r', 'p')
  LOOP
    EXECUTE format('ALTER TABLE %s OWNER TO raiz_owner', item.name);
  END LOOP;
  FOR item IN SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = 'raiz'::regnamespace
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO raiz_owner', item.name);
  END LOOP;
END $$;
ALTER SCHEMA raiz OWNER TO raiz_owner;

SELECT raiz.ensure_partitions(0);
