-- Appending in one statement: a batch of commits costs one round trip, and its plans are made once a
-- session. README.md beside this file says who may call it.

-- A stream's row says where it began and never changes; where it stands is read from its events. An
-- append to a known stream so touches no row but its own.
DROP TRIGGER no_rewind ON raiz.streams;
DROP TRIGGER kept ON raiz.streams;
ALTER TABLE raiz.streams ADD COLUMN first_position bigint;
UPDATE raiz.streams s SET first_position = e.position
  FROM raiz.events e WHERE e.ledger = s.ledger AND e.stream = s.stream AND e.version = 1;
ALTER TABLE raiz.streams ALTER COLUMN first_position SET NOT NULL,
  DROP COLUMN version, DROP COLUMN last_position;
ALTER TABLE raiz.streams RESET (fillfactor);
SELECT raiz.make_append_only('raiz.streams');

-- A CHECK is read and planned anew by every statement, which costs an append of one event more than
-- writing it. What they said of the hot tables is the writer's to keep and the audit's to find; of the head, its trigger says it.
DO $$
DECLARE
  item record;
BEGIN
  FOR item IN SELECT conrelid::regclass AS tab, conname FROM pg_constraint
    WHERE contype = 'c' AND conparentid = 0 AND (
      conrelid IN ('raiz.events'::regclass, 'raiz.event_keys'::regclass,
        'raiz.checkpoints'::regclass, 'raiz.ledgers'::regclass)
      OR conrelid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'raiz.events'::regclass))
    ORDER BY conislocal AND coninhcount > 0
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', item.tab, item.conname);
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION raiz.refuse_rewind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size < OLD.size OR NEW.epoch < OLD.epoch OR NEW.ledger <> OLD.ledger
    OR NEW.origin <> OLD.origin OR NEW.last_recorded_at < OLD.last_recorded_at THEN
    RAISE EXCEPTION 'the head of ledger % is not set back', OLD.name USING ERRCODE = 'RZ003';
  END IF;
  IF length(NEW.root) <> 32 OR length(NEW.frontier) % 32 <> 0 THEN
    RAISE EXCEPTION 'root or frontier of ledger % is no list of hashes', OLD.name
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- The newest version of each stream that exists.
CREATE FUNCTION raiz.stream_versions(in_ledger bigint, names text[])
RETURNS TABLE (stream text, version bigint) LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.stream, (
      SELECT e.version FROM raiz.events e
      WHERE e.ledger = in_ledger AND e.stream = s.stream AND e.position >= s.first_position
      ORDER BY e.version DESC LIMIT 1)
  FROM unnest(names) AS n(name)
  CROSS JOIN LATERAL (
    SELECT h.stream, h.first_position FROM raiz.streams h
    WHERE h.ledger = in_ledger AND h.stream = n.name OFFSET 0) s
$$;

-- Moves the head and writes a decided batch; everything or nothing. Beyond the errors of advance_head
-- RZ005 says that a stream is not at the version the caller took for granted, and a unique violation
-- that a stream or key is there already: the caller looks again and decides anew.
--
-- The events' arrays are in order of position. Known streams whose version the caller did not look up
-- come as guessed.
CREATE FUNCTION raiz.append(
  in_ledger bigint, old_size bigint, in_epoch bigint, new_size bigint, new_root bytea,
  new_frontier bytea, recorded_at timestamptz, in_note text,
  event_streams text[], event_versions bigint[], event_bytes bytea[], event_hashes bytea[],
  new_streams text[], new_positions bigint[], guessed_streams text[], guessed_versions bigint[],
  key_texts text[], key_firsts bigint[], key_counts bigint[], key_contents bytea[],
  tile_levels smallint[], tile_indexes bigint[], tile_roots bytea[], tile_hashes bytea[]
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Acknowledged means on disk, whatever the server's default is.
  IF current_setting('synchronous_commit') = 'off' THEN
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;
  UPDATE raiz.ledgers
    SET size = new_size, root = new_root, frontier = new_frontier, last_recorded_at = recorded_at
    WHERE ledger = in_ledger AND size = old_size AND epoch = in_epoch;
  IF NOT FOUND THEN
    -- Says why.
    PERFORM raiz.advance_head(
      in_ledger, old_size, in_epoch, new_size, new_root, new_frontier, recorded_at);
  END IF;
  IF cardinality(guessed_streams) > 0 AND EXISTS (
    SELECT FROM unnest(guessed_streams, guessed_versions) AS g(name, version)
    WHERE version IS DISTINCT FROM (
      SELECT v.version FROM raiz.stream_versions(in_ledger, ARRAY[g.name]) AS v))
  THEN
    RAISE EXCEPTION 'a stream is not at the version that was taken for granted'
      USING ERRCODE = 'RZ005';
  END IF;
  IF cardinality(new_streams) > 0 THEN
    INSERT INTO raiz.streams (ledger, stream, first_position)
      SELECT in_ledger, s.* FROM unnest(new_streams, new_positions) AS s;
  END IF;
  WITH events AS (
    INSERT INTO raiz.events (ledger, position, stream, version, bytes, leaf_hash)
    SELECT in_ledger, old_size + n - 1, stream, version, bytes, leaf_hash
    FROM unnest(event_streams, event_versions, event_bytes, event_hashes)
      WITH ORDINALITY AS e(stream, version, bytes, leaf_hash, n)
  ), keys AS (
    INSERT INTO raiz.event_keys (ledger, key, first_position, count, content, checkpoint_size)
    SELECT in_ledger, k.*, new_size
    FROM unnest(key_texts, key_firsts, key_counts, key_contents) AS k
  )
  INSERT INTO raiz.checkpoints (ledger, size, root, note)
    VALUES (in_ledger, new_size, new_root, in_note);
  IF cardinality(tile_levels) > 0 THEN
    INSERT INTO raiz.tiles (ledger, level, index, root, hashes)
      SELECT in_ledger, t.* FROM unnest(tile_levels, tile_indexes, tile_roots, tile_hashes) AS t;
  END IF;
END $$;

ALTER FUNCTION raiz.append OWNER TO raiz_owner;
ALTER FUNCTION raiz.stream_versions OWNER TO raiz_owner;
REVOKE ALL ON FUNCTION raiz.append, raiz.stream_versions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION raiz.append TO raiz_writer;
GRANT EXECUTE ON FUNCTION raiz.stream_versions TO raiz_writer, raiz_reader;
