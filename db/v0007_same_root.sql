-- An append proves by the head's root, and not by its size alone, that the ledger holds what it was
-- decided on. README.md beside this file says who may call it. This file is released: it never
-- changes.

-- A writer sends a second batch while the first is under way. If the first fails because another
-- server wrote as many events as it holds, the size is the one that the second expects, and the
-- events are others. The functions without the root are gone, so that no older program is let in.
DROP FUNCTION raiz.append(
  bigint, bigint, bigint, bigint, bytea, bytea, timestamptz, text, text[], bigint[], bytea[],
  bytea[], text[], bigint[], text[], bigint[], text[], bigint[], bigint[], bytea[], smallint[],
  bigint[], bytea[], bytea[]);
DROP FUNCTION raiz.advance_head(bigint, bigint, bigint, bigint, bytea, bytea, timestamptz);

-- Moves a head that is at this size, over these events, in this epoch. RZ001 says that it is
-- elsewhere, RZ002 that the epoch is over.
CREATE FUNCTION raiz.advance_head(
  in_ledger bigint, old_size bigint, old_root bytea, in_epoch bigint, new_size bigint,
  new_root bytea, new_frontier bytea, recorded_at timestamptz
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
    WHERE ledger = in_ledger AND size = old_size AND epoch = in_epoch AND root = old_root;
  IF NOT FOUND THEN
    SELECT epoch INTO found_epoch FROM raiz.ledgers WHERE ledger = in_ledger;
    IF found_epoch IS DISTINCT FROM in_epoch THEN
      RAISE EXCEPTION 'epoch % of ledger % is over', in_epoch, in_ledger USING ERRCODE = 'RZ002';
    END IF;
    RAISE EXCEPTION 'ledger % is no longer what it was at %', in_ledger, old_size
      USING ERRCODE = 'RZ001';
  END IF;
END $$;

-- Moves the head and writes a decided batch; everything or nothing. Beyond the errors of advance_head
-- RZ005 says that a stream is not at the version the caller took for granted, and a unique violation
-- that a stream or key is there already: the caller looks again and decides anew.
--
-- The events' arrays are in order of position. Known streams whose version the caller did not look up
-- come as guessed.
CREATE FUNCTION raiz.append(
  in_ledger bigint, old_size bigint, old_root bytea, in_epoch bigint, new_size bigint,
  new_root bytea, new_frontier bytea, recorded_at timestamptz, in_note text,
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
    WHERE ledger = in_ledger AND size = old_size AND epoch = in_epoch AND root = old_root;
  IF NOT FOUND THEN
    -- Says why.
    PERFORM raiz.advance_head(
      in_ledger, old_size, old_root, in_epoch, new_size, new_root, new_frontier, recorded_at);
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
ALTER FUNCTION raiz.advance_head OWNER TO raiz_owner;
REVOKE ALL ON FUNCTION raiz.append, raiz.advance_head FROM PUBLIC;
GRANT EXECUTE ON FUNCTION raiz.append, raiz.advance_head TO raiz_writer;
