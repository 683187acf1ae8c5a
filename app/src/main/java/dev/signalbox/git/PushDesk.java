package dev.signalbox.git;

import dev.signalbox.projects.Projects;

/** What every push is handled with. */
record PushDesk(
        RepositoryStore store, Gate gate, Projects projects, Claims claims, PushListener listener, GitLimits limits) {}
