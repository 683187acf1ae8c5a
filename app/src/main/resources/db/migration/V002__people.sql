-- Of whatever lets somebody in there is only the SHA-256 here: cookies, links, the set-up token.

-- A name stays with whom it first belonged to, since the audit log tells people apart by it.
CREATE UNIQUE INDEX people_by_name ON people (name COLLATE NOCASE);
CREATE TABLE names (
    name      TEXT NOT NULL COLLATE NOCASE,
    person_id TEXT NOT NULL REFERENCES people (id),
    PRIMARY KEY (name)
) STRICT;
ALTER TABLE people ADD COLUMN seen_at TEXT;

CREATE INDEX members_by_person ON members (person_id);
CREATE INDEX tokens_by_person ON tokens (person_id) WHERE person_id IS NOT NULL;

-- One row until the appliance is set up.
CREATE TABLE setup_token (
    id         INTEGER NOT NULL CHECK (id = 1),
    digest     TEXT    NOT NULL,
    created_at TEXT    NOT NULL,
    expires_at TEXT    NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE sessions (
    id           TEXT NOT NULL,
    person_id    TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    team_id      TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    digest       TEXT NOT NULL UNIQUE,
    agent        TEXT NOT NULL,
    address      TEXT NOT NULL,
    started_at   TEXT NOT NULL,
    seen_at      TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX sessions_by_person ON sessions (person_id, seen_at DESC);

CREATE TABLE invitations (
    id         TEXT NOT NULL,
    team_id    TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    role       TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'viewer')),
    digest     TEXT NOT NULL UNIQUE,
    person_id  TEXT REFERENCES people (id) ON DELETE CASCADE,
    invited_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at    TEXT,
    revoked_at TEXT,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX invitations_by_team ON invitations (team_id, created_at DESC);

-- How often in a row a password was wrong. Also kept for addresses that nobody has, which then answer alike.
CREATE TABLE wrong_passwords (
    account   TEXT    NOT NULL,
    person_id TEXT REFERENCES people (id) ON DELETE CASCADE,
    failures  INTEGER NOT NULL,
    last_at   TEXT    NOT NULL,
    PRIMARY KEY (account)
) STRICT;
CREATE INDEX wrong_passwords_of_nobody ON wrong_passwords (last_at) WHERE person_id IS NULL;

-- Rows without a team are the machine's own; they are read together with one team's.
CREATE INDEX audit_by_outcome ON audit (team_id, outcome, id DESC);
