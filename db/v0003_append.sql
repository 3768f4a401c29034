-- Appending in one round trip: what a writer need not look up, its statements refuse. README.md beside
-- this file says who may do what.

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

-- Says why a head was not moved. RZ001: another server wrote in between (look again, try again).
-- RZ002: the epoch changed (stop).
CREATE FUNCTION raiz.refuse_append(
  in_ledger bigint, found_size bigint, found_epoch bigint, held_epoch bigint
) RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF found_epoch <> held_epoch THEN
    RAISE EXCEPTION 'epoch % of ledger % is over', held_epoch, in_ledger USING ERRCODE = 'RZ002';
  END IF;
  RAISE EXCEPTION 'ledger % is at %', in_ledger, found_size USING ERRCODE = 'RZ001';
END $$;

-- RZ005: a stream is not at the version that its writer, who did not look, took for granted; he looks
-- and decides anew.
CREATE FUNCTION raiz.require_versions(in_ledger bigint, names text[], versions bigint[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM unnest(names, versions) AS g(name, version)
    WHERE version IS DISTINCT FROM (
      SELECT v.version FROM raiz.stream_versions(in_ledger, ARRAY[g.name]) AS v))
  THEN
    RAISE EXCEPTION 'a stream is not at the version that was taken for granted'
      USING ERRCODE = 'RZ005';
  END IF;
END $$;

-- Writers move the head by an UPDATE of their own: what a statement costs by itself is less than what a
-- function of several costs.
DROP FUNCTION raiz.advance_head;

ALTER FUNCTION raiz.stream_versions OWNER TO raiz_owner;
ALTER FUNCTION raiz.refuse_append OWNER TO raiz_owner;
ALTER FUNCTION raiz.require_versions OWNER TO raiz_owner;
REVOKE ALL ON FUNCTION raiz.stream_versions, raiz.refuse_append, raiz.require_versions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION raiz.refuse_append, raiz.require_versions TO raiz_writer;
GRANT EXECUTE ON FUNCTION raiz.stream_versions TO raiz_writer, raiz_reader;
