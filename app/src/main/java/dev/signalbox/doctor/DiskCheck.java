package dev.signalbox.doctor;

import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineException;
import dev.signalbox.space.Bytes;
import dev.signalbox.space.Disk;
import dev.signalbox.space.Disk.Holds;
import dev.signalbox.space.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether there is room for data, and for the images and containers of Docker. */
record DiskCheck(Path data, Engine engine, Level.Bounds bounds) implements Check {
    @Override
    public String subject() {
        return "Disk";
    }

    @Override
    public Finding examine() throws IOException {
        var disk = fullest();
        var sentence = "The disk of " + disk.place() + " is " + disk.percent() + " % full: " + Bytes.text(disk.free())
                + " of " + Bytes.text(disk.total()) + " are free.";
        var fix = "See what takes it with: du -xh --max-depth=2 " + disk.place()
                + " | sort -h | tail, and on the page Disk of the panel";
        return switch (bounds.of(disk)) {
            case ROOMY -> Finding.ok(sentence);
            case TIGHT -> Finding.warn(sentence + " From " + bounds.full() + " % on nothing is built.", fix);
            case FULL -> Finding.fail(sentence + " Nothing is built.", fix);
            case LAST -> Finding.fail(sentence + " Nothing is built, and soon nothing can be saved.", fix);
        };
    }

    private Disk fullest() throws IOException {
        var docker = dockersDirectory();
        // Not every machine has both, and not everybody may look at both.
        if (!Files.isDirectory(docker)) return Disk.of(Holds.DATA, data);
        if (!Files.isDirectory(data)) return Disk.of(Holds.DOCKER, docker);
        var one = Disk.of(Holds.DATA, data);
        var other = Disk.of(Holds.DOCKER, docker);
        return other.percent() > one.percent() ? other : one;
    }

    private Path dockersDirectory() {
        try {
            return Path.of(engine.setup().root());
        } catch (EngineException e) {
            return data;
        }
    }
}
