-- The head's guard asks before it calls: a trigger's condition is compiled with the statement, a
-- function is entered by every append. It refuses the same as before, and in every role.
DROP TRIGGER no_rewind ON raiz.ledgers;
CREATE TRIGGER no_rewind BEFORE UPDATE ON raiz.ledgers
  FOR EACH ROW WHEN (
    NEW.size < OLD.size OR NEW.epoch < OLD.epoch OR NEW.ledger <> OLD.ledger
    OR NEW.origin <> OLD.origin OR NEW.last_recorded_at < OLD.last_recorded_at
    OR length(NEW.root) <> 32 OR length(NEW.frontier) % 32 <> 0)
  EXECUTE FUNCTION raiz.refuse_rewind();
ALTER TABLE raiz.ledgers ENABLE ALWAYS TRIGGER no_rewind;
