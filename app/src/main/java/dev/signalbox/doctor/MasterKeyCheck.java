package dev.signalbox.doctor;

import dev.signalbox.secrets.KeyUnusable;
import dev.signalbox.secrets.MasterKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Whether the key that everything secret is sealed with is here, whole, and not everybody's. */
record MasterKeyCheck(Path file) implements Check {
    @Override
    public String subject() {
        return "Master key";
    }

    @Override
    public Finding examine() {
        if (!Files.isReadable(file) && !Files.notExists(file)) {
            return Finding.warn("Not looked at: only root may.", "Give the command as root: sudo signalbox doctor");
        }
        try {
            MasterKey.load(file);
            return Finding.ok(file + " is a key, and not everybody's.");
        } catch (KeyUnusable e) {
            return Finding.fail(
                    Objects.requireNonNullElse(e.getMessage(), file + " cannot be used."),
                    "With the words of the kit: signalbox key restore. Readable by all: chmod o= " + file);
        }
    }
}
