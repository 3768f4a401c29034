-- What the graph of provenance is loaded from, beside the links that stand already.

-- Mass bought without a known origin, and mass that counts found above the books later.
ALTER TABLE raiz_read.lots ADD COLUMN unknown_grams bigint NOT NULL DEFAULT 0;
ALTER TABLE raiz_read.lots ADD COLUMN found_grams bigint NOT NULL DEFAULT 0;

-- A rebuild deletes the projection's row and makes it anew: whoever keeps something made from the
-- tables sees by this that they are other rows.
ALTER TABLE raiz_read.projections ADD COLUMN generation uuid NOT NULL DEFAULT gen_random_uuid();

-- Rows that stand know nothing of the new columns: no policy has this name, so all are built anew.
UPDATE raiz_read.projections SET policy = '';
