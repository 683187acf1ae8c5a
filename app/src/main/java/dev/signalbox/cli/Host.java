package dev.signalbox.cli;

import java.nio.file.Path;
import java.util.List;

/** What root can do here without a running appliance; whoever starts the command line fulfils it. */
public interface Host {
    /**
     * Copies the database, whole and as of one moment, to a file that is not there yet.
     *
     * @throws HostRefused when there is no such copy
     */
    void backUpDatabase(Path copy);

    /** Looks the machine over. */
    Examination examine();

    /**
     * What was found.
     *
     * @param text in columns, for a person
     */
    record Examination(String text, boolean isWell) {}

    /** What to do on this machine when no appliance answers, as a sentence. */
    String howToStart();

    /** Makes the master key where there is none. */
    void createKey();

    /**
     * The master key as words.
     *
     * @throws HostRefused when there is no key, or whoever asks may not see it
     */
    List<String> keyWords();

    /** Somebody has the words in a place of their own. */
    void confirmKit();

    /**
     * Puts the master key back where it is missing.
     *
     * @return where it is now
     * @throws HostRefused when the words are wrong or there is a key
     */
    Path restoreKey(List<String> words);
}
