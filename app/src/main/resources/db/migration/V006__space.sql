-- How full the disks were, once an hour, so that it can be said when they will be full.
CREATE TABLE disk_samples (
    disk    TEXT    NOT NULL CHECK (disk IN ('data', 'docker')),
    measured_at TEXT    NOT NULL,
    used    INTEGER NOT NULL CHECK (used >= 0),
    free    INTEGER NOT NULL CHECK (free >= 0),
    PRIMARY KEY (disk, measured_at)
) STRICT;

-- What a service's builds took at their height.
CREATE TABLE build_peaks (
    service_id TEXT    NOT NULL REFERENCES services (id) ON DELETE CASCADE,
    disk       INTEGER NOT NULL CHECK (disk >= 0),
    memory     INTEGER NOT NULL CHECK (memory >= 0),
    measured_at    TEXT    NOT NULL,
    PRIMARY KEY (service_id)
) STRICT;
