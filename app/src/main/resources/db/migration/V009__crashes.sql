-- How containers of what serves ended that should have gone on; the newest of each deployment are kept.
CREATE TABLE crashes (
    id            INTEGER NOT NULL,
    deployment_id TEXT    NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    process       TEXT    NOT NULL,
    sentence      TEXT    NOT NULL,
    failure       TEXT    NOT NULL CHECK (failure IN ('ended', 'out-of-memory')),
    exit_code     INTEGER,
    fell_at       TEXT    NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX crashes_by_deployment ON crashes (deployment_id, id DESC);
