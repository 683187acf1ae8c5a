package dev.signalbox.deploys;

import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.engine.ContainerId;

/** One container of a process of a deployment. */
record Replica(ProcessType process, int index, ContainerId container, String ip) {
    /** {@code web.1}: how logs and messages name it. */
    String label() {
        return process.name() + "." + index;
    }
}
