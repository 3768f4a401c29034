-- People's keys are in files outside the database (docs/operating.md). This table only hands over
-- those it still holds: the owner takes them out at start, and nobody puts one in again. This file
-- is released: it never changes.
REVOKE ALL ON raiz_vault.person_keys FROM raiz_writer;
REVOKE ALL ON SCHEMA raiz_vault FROM raiz_writer;

CREATE TRIGGER moved_out BEFORE INSERT OR UPDATE ON raiz_vault.person_keys
  FOR EACH STATEMENT EXECUTE FUNCTION raiz.refuse_change();
ALTER TABLE raiz_vault.person_keys ENABLE ALWAYS TRIGGER moved_out;
