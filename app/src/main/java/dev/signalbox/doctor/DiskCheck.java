package dev.signalbox.doctor;

import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether there is room for data, and for the images and containers of Docker. */
record DiskCheck(Path data, Engine engine) implements Check {
    private static final long MB = 1 << 20;
    private static final long TOO_LITTLE = 500 * MB;
    private static final long LITTLE = 3_000 * MB;

    @Override
    public String subject() {
        return "Disk";
    }

    @Override
    public Finding examine() throws IOException {
        var place = tighter(data, dockersDirectory());
        var store = Files.getFileStore(place);
        long free = store.getUsableSpace();
        var sentence = free / MB + " MB of " + store.getTotalSpace() / MB + " are free for " + place + ".";
        var fix = "See what takes it with: du -xh --max-depth=2 " + place + " | sort -h | tail, and docker system df";
        if (free < TOO_LITTLE) return Finding.fail(sentence + " Pushes and writes are about to be refused.", fix);
        return free < LITTLE ? Finding.warn(sentence, fix) : Finding.ok(sentence);
    }

    private Path dockersDirectory() {
        try {
            return Path.of(engine.setup().root());
        } catch (EngineException e) {
            return data;
        }
    }

    private static Path tighter(Path one, Path other) throws IOException {
        if (!Files.isDirectory(one)) return other;
        if (!Files.isDirectory(other)) return one;
        FileStore first = Files.getFileStore(one);
        FileStore second = Files.getFileStore(other);
        return second.getUsableSpace() < first.getUsableSpace() ? other : one;
    }
}
