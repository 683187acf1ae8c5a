package dev.signalbox.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what it is asked for. */
final class RecordingHost implements Host {
    final List<String> asked = new ArrayList<>();

    @Nullable String refusal;

    @Override
    public void backUpDatabase(Path copy) {
        note("back up to " + copy);
    }

    private void note(String what) {
        if (refusal != null) throw new HostRefused(refusal);
        asked.add(what);
    }
}
