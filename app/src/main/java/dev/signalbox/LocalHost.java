package dev.signalbox;

import dev.signalbox.cli.Host;
import dev.signalbox.cli.HostRefused;
import dev.signalbox.db.DatabaseCopy;
import dev.signalbox.db.DatabaseFailed;
import java.nio.file.Path;
import java.util.Map;

/** Does on this machine what needs no running appliance, with the settings that it would run with. */
final class LocalHost implements Host {
    private final Map<String, String> environment;

    LocalHost(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void backUpDatabase(Path copy) {
        try {
            DatabaseCopy.make(settings().database(), copy);
        } catch (DatabaseFailed e) {
            throw new HostRefused(e);
        }
    }

    /** Read only when it is needed: a mistake in it must not stop a command that does without. */
    private Settings settings() {
        try {
            return Settings.of(environment);
        } catch (Misconfigured e) {
            throw new HostRefused(e);
        }
    }
}
