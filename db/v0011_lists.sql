-- Lists of lots and findings are read by code, page by page, and findings by what they are about: without
-- these, each page of a large ledger is a walk over the whole table.

CREATE INDEX lots_by_code ON raiz_read.lots (ledger, code COLLATE "C");
CREATE INDEX findings_by_code ON raiz_read.findings (ledger, code COLLATE "C");
CREATE INDEX findings_subjects ON raiz_read.findings USING gin (subjects);
