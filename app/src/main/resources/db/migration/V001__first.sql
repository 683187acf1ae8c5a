-- Times are fixed-width UTC text (2026-11-19T14:32:05.123Z): readable in the shell, and sorted as text.
-- Ids are a prefix and 12 random characters. Sealed columns hold ciphertext that is bound to its row.

CREATE TABLE appliance (
    id           INTEGER NOT NULL CHECK (id = 1),
    instance     TEXT    NOT NULL,
    sealed_check TEXT    NOT NULL,
    created_at   TEXT    NOT NULL,
    PRIMARY KEY (id)
) STRICT;

-- People ------------------------------------------------------------------------------------------------------------

CREATE TABLE teams (
    id         TEXT NOT NULL,
    name       TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE people (
    id          TEXT NOT NULL,
    email       TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name        TEXT NOT NULL,
    password    TEXT,
    created_at  TEXT NOT NULL,
    disabled_at TEXT,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE members (
    team_id    TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    person_id  TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role       TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'viewer')),
    created_at TEXT NOT NULL,
    PRIMARY KEY (team_id, person_id)
) STRICT;

-- Projects ----------------------------------------------------------------------------------------------------------

CREATE TABLE projects (
    id         TEXT NOT NULL,
    team_id    TEXT NOT NULL REFERENCES teams (id),
    name       TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX projects_by_team ON projects (team_id, name);

CREATE TABLE environments (
    id         TEXT NOT NULL,
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    branch     TEXT,
    created_at TEXT NOT NULL,
    UNIQUE (project_id, name),
    UNIQUE (project_id, branch),
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE services (
    id         TEXT NOT NULL,
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('app', 'database')),
    created_at TEXT NOT NULL,
    UNIQUE (project_id, name),
    PRIMARY KEY (id)
) STRICT;

-- A workload is a service in an environment: what has variables, domains, releases, a queue and a history.
CREATE TABLE workloads (
    id                   TEXT NOT NULL,
    service_id           TEXT NOT NULL REFERENCES services (id) ON DELETE CASCADE,
    environment_id       TEXT NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
    state                TEXT NOT NULL DEFAULT 'not_deployed' CHECK (state IN
        ('not_deployed', 'live', 'crashing', 'crashed', 'sleeping', 'held', 'stopped')),
    deployment_id        TEXT REFERENCES deployments (id),
    variables_changed_at TEXT,
    created_at           TEXT NOT NULL,
    UNIQUE (service_id, environment_id),
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX workloads_by_environment ON workloads (environment_id);

CREATE TABLE variables (
    workload_id  TEXT NOT NULL REFERENCES workloads (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    sealed_value TEXT NOT NULL,
    updated_at   TEXT NOT NULL,
    PRIMARY KEY (workload_id, name)
) STRICT;

-- What a person set for one process of a workload; a process without a row runs with the defaults.
CREATE TABLE processes (
    workload_id TEXT    NOT NULL REFERENCES workloads (id) ON DELETE CASCADE,
    name        TEXT    NOT NULL,
    command     TEXT,
    replicas    INTEGER NOT NULL DEFAULT 1 CHECK (replicas BETWEEN 0 AND 100),
    memory_mb   INTEGER NOT NULL DEFAULT 512 CHECK (memory_mb > 0),
    cpu_millis  INTEGER CHECK (cpu_millis > 0),
    updated_at  TEXT    NOT NULL,
    PRIMARY KEY (workload_id, name)
) STRICT;

-- Deployments -------------------------------------------------------------------------------------------------------

-- What can run, frozen, numbered after the deployment that made it. Rolling back is deploying an old release again.
CREATE TABLE releases (
    id               TEXT    NOT NULL,
    workload_id      TEXT    NOT NULL REFERENCES workloads (id) ON DELETE CASCADE,
    number           INTEGER NOT NULL CHECK (number > 0),
    image_id         TEXT    NOT NULL,
    commit_sha       TEXT,
    profile          TEXT    NOT NULL CHECK (profile IN ('recipe', 'foreign')),
    port             INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
    sealed_variables TEXT    NOT NULL,
    processes        TEXT    NOT NULL,
    created_at       TEXT    NOT NULL,
    good_at          TEXT,
    UNIQUE (workload_id, number),
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE deployments (
    id            TEXT    NOT NULL,
    service_id    TEXT    NOT NULL REFERENCES services (id) ON DELETE CASCADE,
    workload_id   TEXT    NOT NULL REFERENCES workloads (id) ON DELETE CASCADE,
    number        INTEGER NOT NULL CHECK (number > 0),
    cause         TEXT    NOT NULL CHECK (cause IN ('push', 'api', 'redeploy', 'rollback', 'variables', 'scale')),
    state         TEXT    NOT NULL CHECK (state IN
        ('queued', 'building', 'releasing', 'starting', 'checking', 'approving', 'routing', 'shifting', 'settling',
         'live', 'failed', 'cancelled', 'superseded', 'skipped')),
    reason        TEXT,
    ref           TEXT,
    forced        INTEGER NOT NULL DEFAULT 0 CHECK (forced IN (0, 1)),
    commit_sha    TEXT,
    subject       TEXT,
    actor         TEXT    NOT NULL,
    release_id    TEXT REFERENCES releases (id),
    replaces_id   TEXT REFERENCES deployments (id),
    superseded_by INTEGER,
    queued_at     TEXT    NOT NULL,
    started_at    TEXT,
    finished_at   TEXT,
    UNIQUE (service_id, number),
    CHECK ((state IN ('live', 'failed', 'cancelled', 'superseded', 'skipped')) = (finished_at IS NOT NULL)),
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX deployments_by_workload ON deployments (workload_id, number DESC);
CREATE INDEX deployments_under_way ON deployments (state) WHERE finished_at IS NULL;

-- A step is written before its act, so that a restart sees what was under way.
CREATE TABLE deployment_steps (
    deployment_id TEXT    NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    name          TEXT    NOT NULL CHECK (name IN
        ('building', 'releasing', 'starting', 'checking', 'approving', 'routing', 'shifting', 'settling')),
    state         TEXT    NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled')),
    detail        TEXT,
    started_at    TEXT    NOT NULL,
    finished_at   TEXT,
    PRIMARY KEY (deployment_id, position),
    CHECK ((state = 'running') = (finished_at IS NULL))
) STRICT;

-- What a deployment replaced, on its way out: it ends its last requests, then stops.
CREATE TABLE retirements (
    deployment_id TEXT NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    state         TEXT NOT NULL CHECK (state IN ('draining', 'stopped')),
    started_at    TEXT NOT NULL,
    finished_at   TEXT,
    PRIMARY KEY (deployment_id)
) STRICT;

-- The same tree with the same settings is the same image: building it again is skipped.
CREATE TABLE built_images (
    service_id  TEXT NOT NULL REFERENCES services (id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL,
    image_id    TEXT NOT NULL,
    profile     TEXT NOT NULL CHECK (profile IN ('recipe', 'foreign')),
    port        INTEGER CHECK (port BETWEEN 1 AND 65535),
    processes   TEXT NOT NULL,
    dockerfile  TEXT NOT NULL,
    built_at    TEXT NOT NULL,
    PRIMARY KEY (service_id, fingerprint)
) STRICT;

-- Routing -----------------------------------------------------------------------------------------------------------

CREATE TABLE domains (
    id          TEXT NOT NULL,
    workload_id TEXT NOT NULL REFERENCES workloads (id) ON DELETE CASCADE,
    host        TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL CHECK (kind IN ('default', 'custom')),
    created_at  TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX domains_by_workload ON domains (workload_id);

-- Tokens and audit ---------------------------------------------------------------------------------------------------

CREATE TABLE tokens (
    id           TEXT NOT NULL,
    team_id      TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    person_id    TEXT REFERENCES people (id) ON DELETE CASCADE,
    service_id   TEXT REFERENCES services (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'viewer')),
    scopes       TEXT NOT NULL,
    digest       TEXT NOT NULL UNIQUE,
    created_at   TEXT NOT NULL,
    expires_at   TEXT,
    used_at      TEXT,
    revoked_at   TEXT,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE audit (
    id         INTEGER NOT NULL,
    at_time    TEXT NOT NULL,
    team_id    TEXT,
    actor      TEXT NOT NULL,
    action     TEXT NOT NULL,
    object     TEXT NOT NULL,
    outcome    TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
    address    TEXT,
    request_id TEXT,
    detail     TEXT,
    prev_hash  TEXT NOT NULL,
    hash       TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX audit_by_team ON audit (team_id, id DESC);
CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_keeps_text BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
