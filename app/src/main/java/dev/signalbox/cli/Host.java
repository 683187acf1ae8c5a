package dev.signalbox.cli;

import java.nio.file.Path;

/** What root can do here without a running appliance; whoever starts the command line fulfils it. */
public interface Host {
    /**
     * Copies the database, whole and as of one moment, to a file that is not there yet.
     *
     * @throws HostRefused when there is no such copy
     */
    void backUpDatabase(Path copy);
}
