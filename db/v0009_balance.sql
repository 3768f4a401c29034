-- Tanks, and every movement of mass: what a balance sheet adds up. Rows follow from the events and
-- can be made again from them. This file is released: it never changes.

CREATE TABLE raiz_read.tanks (
  ledger         bigint NOT NULL,
  code           text   NOT NULL,
  holder         text   NOT NULL,
  product        text   NOT NULL,
  form           text   NOT NULL,
  capacity_grams bigint NOT NULL CHECK (capacity_grams > 0),
  grams          bigint NOT NULL CHECK (grams >= 0),
  empty_since    timestamptz NOT NULL,
  PRIMARY KEY (ledger, code)
);

-- The tank that a lot came out of. What is poured in late changes how those lots are judged.
ALTER TABLE raiz_read.lots ADD COLUMN tank text;
CREATE INDEX lots_tank ON raiz_read.lots (ledger, tank) WHERE tank IS NOT NULL;

-- One row for each line that an act adds to somebody's books. `day` is the local day on which it
-- happened, so an act told late or corrected changes the sheet of a month that is over.
CREATE TABLE raiz_read.movements (
  ledger   bigint   NOT NULL,
  -- the lot or the tank, and the act's version in its stream
  subject  text     NOT NULL,
  version  bigint   NOT NULL CHECK (version > 0),
  line     smallint NOT NULL CHECK (line >= 0),
  -- `organisation:ACO` or `producer:P-0001`
  holder   text     NOT NULL,
  product  text     NOT NULL,
  day      date     NOT NULL,
  -- lots, tanks, or on the way
  place    text     NOT NULL,
  kind     text     NOT NULL,
  grams    bigint   NOT NULL,
  cause    text,
  PRIMARY KEY (ledger, subject, version, line)
);
CREATE INDEX movements_holder ON raiz_read.movements (ledger, holder, product, day)
  INCLUDE (place, kind, grams);

ALTER TABLE raiz_read.tanks OWNER TO raiz_owner;
ALTER TABLE raiz_read.movements OWNER TO raiz_owner;
REVOKE ALL ON raiz_read.tanks, raiz_read.movements FROM PUBLIC;
GRANT SELECT ON raiz_read.tanks, raiz_read.movements
  TO raiz_writer, raiz_reader, raiz_regulator;
GRANT INSERT, UPDATE, DELETE ON raiz_read.tanks, raiz_read.movements TO raiz_writer;

-- Rows that stand already lack all of this: they are built again.
UPDATE raiz_read.projections SET policy = '';
