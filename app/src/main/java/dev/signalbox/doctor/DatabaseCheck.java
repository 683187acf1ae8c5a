package dev.signalbox.doctor;

import dev.signalbox.db.DatabaseHealth;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the database can be read and is whole. */
record DatabaseCheck(Path file) implements Check {
    @Override
    public String subject() {
        return "Database";
    }

    @Override
    public Finding examine() {
        if (Files.notExists(file)) {
            return Finding.fail("There is none at " + file + ".", "Start Signalbox once: it makes it.");
        }
        if (!Files.isReadable(file)) {
            return Finding.warn("Not looked at: only root may.", "Give the command as root: sudo signalbox doctor");
        }
        var health = DatabaseHealth.of(file);
        if (health.complaint() == null) return Finding.ok("SQLite " + health.release() + "; all of it can be read.");
        return Finding.fail(
                "SQLite " + health.release() + " says: " + health.complaint(),
                "Stop Signalbox and put back the newest good copy from " + file.resolveSibling("copies") + ".");
    }
}
