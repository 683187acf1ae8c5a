package dev.signalbox.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what it is asked for. */
final class RecordingHost implements Host {
    final List<String> asked = new ArrayList<>();

    @Nullable String refusal;

    boolean isWell = true;

    @Override
    public void backUpDatabase(Path copy) {
        note("back up to " + copy);
    }

    @Override
    public Examination examine() {
        note("examine");
        return new Examination("ok  Docker", isWell);
    }

    @Override
    public String howToStart() {
        return "Start it by hand.";
    }

    @Override
    public void createKey() {
        note("create a key");
    }

    @Override
    public List<String> keyWords() {
        note("show the words");
        return List.of("one two three four five six seven eight".split(" ", -1));
    }

    @Override
    public void confirmKit() {
        note("confirm");
    }

    @Override
    public Path restoreKey(List<String> words) {
        note("restore from " + words);
        return Path.of("/etc/key");
    }

    private void note(String what) {
        if (refusal != null) throw new HostRefused(refusal);
        asked.add(what);
    }
}
