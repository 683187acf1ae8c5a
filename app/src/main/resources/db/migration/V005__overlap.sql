-- Whether an old and a new release of a service may run at the same time. Where they may not, requests wait in between.
ALTER TABLE services ADD COLUMN overlap INTEGER NOT NULL DEFAULT 1 CHECK (overlap IN (0, 1));

-- A step more, "holding": requests wait, and what served stops. A CHECK cannot be changed, so the table is made anew.
CREATE TABLE deployment_steps_new (
    deployment_id TEXT    NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    name          TEXT    NOT NULL CHECK (name IN
        ('building', 'releasing', 'holding', 'starting', 'checking', 'approving', 'routing', 'shifting', 'settling')),
    state         TEXT    NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled')),
    detail        TEXT,
    started_at    TEXT    NOT NULL,
    finished_at   TEXT,
    PRIMARY KEY (deployment_id, position),
    CHECK ((state = 'running') = (finished_at IS NULL))
) STRICT;
INSERT INTO deployment_steps_new (deployment_id, position, name, state, detail, started_at, finished_at)
SELECT deployment_id, position, name, state, detail, started_at, finished_at FROM deployment_steps;
DROP TABLE deployment_steps;
ALTER TABLE deployment_steps_new RENAME TO deployment_steps;
