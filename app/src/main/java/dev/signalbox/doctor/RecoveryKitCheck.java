package dev.signalbox.doctor;

import dev.signalbox.secrets.KeyUnusable;
import dev.signalbox.secrets.RecoveryKit;
import java.io.IOException;
import java.nio.file.Path;

/** Whether somebody said that they have the key somewhere else too. */
record RecoveryKitCheck(Path key) implements Check {
    @Override
    public String subject() {
        return "Recovery kit";
    }

    @Override
    public Finding examine() throws IOException {
        try {
            if (RecoveryKit.isConfirmed(key)) return Finding.ok("Somebody said that it is kept somewhere else.");
        } catch (KeyUnusable e) {
            return Finding.warn("Not looked at: there is no key to be read.", "Look at the line about the key first.");
        }
        return Finding.warn(
                "Nobody has said yet that the master key is kept somewhere else; without it no backup can be read.",
                "Write down what signalbox key words prints, away from this machine, then: signalbox key confirm");
    }
}
