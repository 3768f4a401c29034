-- Read models: what the events say, as tables. Everything here can be dropped and built again
-- from the log; nothing here is evidence.
CREATE SCHEMA raiz_read;

-- The next position each projection will read. Rows change with it in one transaction, so each
-- event takes effect exactly once, whoever runs the projection.
CREATE TABLE raiz_read.projections (
  ledger   bigint NOT NULL,
  name     text   NOT NULL,
  position bigint NOT NULL CHECK (position >= 0),
  PRIMARY KEY (ledger, name)
);

-- Verdicts are ranked: 0 deforestation-free, 1 insufficient-evidence, 2 not-compliant.
CREATE FUNCTION raiz_read.verdict_text(rank smallint) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT (ARRAY['deforestation-free','insufficient-evidence','not-compliant'])[rank + 1] $$;

CREATE TABLE raiz_read.organisations (
  ledger  bigint NOT NULL,
  code    text   NOT NULL,
  name    text   NOT NULL,
  kind    text   NOT NULL,
  country text   NOT NULL,
  PRIMARY KEY (ledger, code)
);

CREATE TABLE raiz_read.producers (
  ledger       bigint NOT NULL,
  code         text   NOT NULL,
  organisation text,
  district     text,
  PRIMARY KEY (ledger, code)
);

CREATE TABLE raiz_read.datasets (
  ledger  bigint NOT NULL,
  name    text   NOT NULL,
  kind    text   NOT NULL,
  version text   NOT NULL,
  sha256  text   NOT NULL,
  PRIMARY KEY (ledger, name)
);

-- Plots with their outline, so that a desktop GIS opens them. `geometry` is null only where the
-- outline stands in an attachment that is not in this database.
CREATE TABLE raiz_read.plots (
  ledger          bigint  NOT NULL,
  code            text    NOT NULL,
  producer        text,
  country         text    NOT NULL,
  district        text,
  commodities     text[]  NOT NULL,
  square_metres   double precision NOT NULL,
  form            text    NOT NULL,
  geometry_sha256 text    NOT NULL,
  geometry        geometry(Geometry, 4326),
  assessed        boolean NOT NULL,
  own_rank        smallint NOT NULL,
  reasons         jsonb   NOT NULL,
  PRIMARY KEY (ledger, code)
);
CREATE INDEX plots_geometry ON raiz_read.plots USING gist (geometry);
CREATE INDEX plots_geometry_sha256 ON raiz_read.plots (ledger, geometry_sha256);
CREATE INDEX plots_unassessed ON raiz_read.plots (ledger, code) WHERE NOT assessed;

CREATE TABLE raiz_read.lots (
  ledger        bigint   NOT NULL,
  code          text     NOT NULL,
  product       text     NOT NULL,
  holder        text     NOT NULL,
  origin        text     NOT NULL,
  plot          text,
  created_at    timestamptz NOT NULL,
  created_grams bigint   NOT NULL CHECK (created_grams >= 0),
  grams         bigint   NOT NULL CHECK (grams >= 0),
  in_transit_to text,
  -- What the lot's own custody says against it …
  own_rank      smallint NOT NULL,
  reasons       jsonb    NOT NULL,
  -- … and the worst over it and all that is upstream.
  rank          smallint NOT NULL,
  PRIMARY KEY (ledger, code)
);
CREATE INDEX lots_plot ON raiz_read.lots (ledger, plot) WHERE plot IS NOT NULL;
CREATE INDEX lots_created ON raiz_read.lots (ledger, created_at DESC, code);

CREATE TABLE raiz_read.lot_inputs (
  ledger bigint NOT NULL,
  lot    text   NOT NULL,
  input  text   NOT NULL,
  grams  bigint NOT NULL,
  PRIMARY KEY (ledger, lot, input)
);
CREATE INDEX lot_inputs_input ON raiz_read.lot_inputs (ledger, input);

CREATE TABLE raiz_read.shipments (
  ledger      bigint   NOT NULL,
  code        text     NOT NULL,
  exporter    text     NOT NULL,
  importer    text,
  destination text     NOT NULL,
  state       text     NOT NULL,
  own_rank    smallint NOT NULL,
  reasons     jsonb    NOT NULL,
  rank        smallint NOT NULL,
  PRIMARY KEY (ledger, code)
);

CREATE TABLE raiz_read.shipment_loads (
  ledger   bigint NOT NULL,
  shipment text   NOT NULL,
  load     integer NOT NULL,
  lot      text   NOT NULL,
  grams    bigint NOT NULL,
  PRIMARY KEY (ledger, shipment, load)
);
CREATE INDEX shipment_loads_lot ON raiz_read.shipment_loads (ledger, lot);

CREATE TABLE raiz_read.statements (
  ledger   bigint NOT NULL,
  code     text   NOT NULL,
  shipment text   NOT NULL,
  sha256   text   NOT NULL,
  PRIMARY KEY (ledger, code)
);

CREATE TABLE raiz_read.findings (
  ledger   bigint NOT NULL,
  code     text   NOT NULL,
  kind     text   NOT NULL,
  severity text   NOT NULL,
  subjects text[] NOT NULL,
  figures  jsonb  NOT NULL,
  outcome  text,
  PRIMARY KEY (ledger, code)
);

GRANT USAGE ON SCHEMA raiz_read TO raiz_writer, raiz_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA raiz_read TO raiz_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA raiz_read TO raiz_writer;

-- The keys that open people's data; apart from the events, so that destroying one erases a person.
CREATE SCHEMA raiz_vault;
CREATE TABLE raiz_vault.person_keys (
  ledger     bigint NOT NULL,
  identifier text   NOT NULL,
  key        bytea  NOT NULL CHECK (octet_length(key) = 32),
  PRIMARY KEY (ledger, identifier)
);
GRANT USAGE ON SCHEMA raiz_vault TO raiz_writer;
GRANT SELECT, INSERT, DELETE ON raiz_vault.person_keys TO raiz_writer;
