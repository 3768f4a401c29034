-- Where each finding stands, and lots whose founding was corrected.

ALTER TABLE raiz_read.findings
  ADD COLUMN status   text NOT NULL DEFAULT 'open',
  ADD COLUMN assignee text,
  ADD COLUMN due      date,
  ADD COLUMN reviewer text;
CREATE INDEX findings_status ON raiz_read.findings (ledger, status, code COLLATE "C");

-- Lots on their way, to find those that never arrive.
CREATE INDEX lots_in_transit ON raiz_read.lots (ledger, code) WHERE in_transit_to IS NOT NULL;

-- Rows that stand already lack the new columns' values: a program that keeps them builds them anew.
UPDATE raiz_read.projections SET policy = '';
