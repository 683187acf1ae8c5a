package dev.signalbox.doctor;

import dev.signalbox.engine.Engine;

/** Whether apps outlive a restart of Docker. */
record LiveRestoreCheck(Engine engine, InitSystem init) implements Check {
    @Override
    public String subject() {
        return "Live-restore";
    }

    @Override
    public Finding examine() {
        if (engine.setup().keepsContainers()) return Finding.ok("Apps run on while Docker is restarted.");
        return Finding.warn(
                "Every app stops while Docker is restarted or upgraded.",
                "Put \"live-restore\": true into /etc/docker/daemon.json, then: " + init.reloadDocker());
    }
}
