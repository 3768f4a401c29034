-- What land evidence changes: maps that are superseded, plots that are assessed again, and verdicts
-- that are kept by a newer policy.

-- The policy by which the verdicts in these tables were judged; where a program keeps them by
-- another one, it builds all rows again.
ALTER TABLE raiz_read.projections ADD COLUMN policy text NOT NULL DEFAULT '';

ALTER TABLE raiz_read.datasets ADD COLUMN superseded boolean NOT NULL DEFAULT false;

-- The names of the datasets that the newest assessment of the outline that counts now has laid the
-- plot over, sorted, with a space between; empty where there is no such assessment.
ALTER TABLE raiz_read.plots ADD COLUMN maps text NOT NULL DEFAULT '';
DROP INDEX raiz_read.plots_unassessed;
