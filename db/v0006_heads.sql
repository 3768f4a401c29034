-- The map from every stream to its head, of which the ledger commits to the root (docs/ledger.md).
-- Everything here follows from the events and can be made again from them.

CREATE TABLE raiz.head_maps (
  ledger bigint PRIMARY KEY,
  -- the map covers the events before this position
  size bigint NOT NULL CHECK (size >= 0),
  streams bigint NOT NULL CHECK (streams >= 0),
  -- leaves that share so many leading bits are folded together
  bucket_bits smallint NOT NULL CHECK (bucket_bits IN (8, 16, 24)),
  root bytea NOT NULL CHECK (length(root) = 32)
);

CREATE TABLE raiz.head_leaves (
  ledger bigint NOT NULL,
  -- SHA-256 of the stream's name
  key bytea NOT NULL CHECK (length(key) = 32),
  version bigint NOT NULL CHECK (version > 0),
  last_position bigint NOT NULL CHECK (last_position >= 0),
  PRIMARY KEY (ledger, key)
) WITH (fillfactor = 80);

-- The roots under each of the 256 continuations of a prefix of `depth` bits; zeros where there is no
-- stream.
CREATE TABLE raiz.head_pages (
  ledger bigint NOT NULL,
  depth smallint NOT NULL CHECK (depth IN (0, 8, 16)),
  prefix bigint NOT NULL CHECK (prefix >= 0),
  hashes bytea NOT NULL CHECK (length(hashes) = 8192),
  PRIMARY KEY (ledger, depth, prefix)
);
ALTER TABLE raiz.head_pages ALTER COLUMN hashes SET STORAGE EXTERNAL;

ALTER TABLE raiz.head_maps OWNER TO raiz_owner;
ALTER TABLE raiz.head_leaves OWNER TO raiz_owner;
ALTER TABLE raiz.head_pages OWNER TO raiz_owner;
REVOKE ALL ON raiz.head_maps, raiz.head_leaves, raiz.head_pages FROM PUBLIC;
GRANT SELECT ON raiz.head_maps, raiz.head_leaves, raiz.head_pages
  TO raiz_writer, raiz_reader, raiz_regulator;
GRANT INSERT, UPDATE, DELETE ON raiz.head_maps, raiz.head_leaves, raiz.head_pages TO raiz_writer;

-- Where a stream stands is no secret of those who may read its events.
GRANT EXECUTE ON FUNCTION raiz.stream_versions(bigint, text[]) TO raiz_regulator;
