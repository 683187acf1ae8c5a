-- Who set a variable, as the audit log names them; unknown for those that were set before.
ALTER TABLE variables ADD COLUMN updated_by TEXT;
