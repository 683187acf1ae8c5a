-- How a route answered while its requests moved to another release. Without an end it was not measured to the end.
CREATE TABLE switch_scores (
    deployment_id TEXT    NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    began_at      TEXT    NOT NULL,
    ended_at      TEXT,
    asked         INTEGER NOT NULL DEFAULT 0 CHECK (asked >= 0),
    failed        INTEGER NOT NULL DEFAULT 0 CHECK (failed BETWEEN 0 AND asked),
    slowest_ms    INTEGER NOT NULL DEFAULT 0 CHECK (slowest_ms >= 0),
    -- Milliseconds after the beginning, of the first that failed: 410,512
    failures      TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (deployment_id)
) STRICT;
