-- How it is found out whether a process is well, as JSON, and whether whoever asks stays with one replica.
ALTER TABLE processes ADD COLUMN health TEXT;
ALTER TABLE processes ADD COLUMN sticky INTEGER NOT NULL DEFAULT 0 CHECK (sticky IN (0, 1));
