package dev.signalbox.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real file system of a few megabytes that a test may fill. Only root can mount one; others skip with a word. */
public final class Tmpfs implements AutoCloseable {
    private final Path place;

    private Tmpfs(Path place) {
        this.place = place;
    }

    public static Tmpfs mount(Path below, int megabytes) throws IOException {
        var place = Files.createDirectories(below.resolve("small-disk"));
        if (!"root".equals(System.getProperty("user.name"))) {
            var skipped = "Skipped what needs a disk of its own, since only root can mount one";
            if ("true".equals(System.getenv("CI"))) throw new AssertionError(skipped);
            System.err.println(skipped);
            Assumptions.abort(skipped);
        }
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "signalbox-test", place.toString()));
        return new Tmpfs(place);
    }

    public Path place() {
        return place;
    }

    /** Fills it with a file of this name until so many bytes are free, or nothing more fits. */
    public void fill(String name, long leave) throws IOException {
        var piece = new byte[4096];
        try (var out = Files.newOutputStream(place.resolve(name))) {
            while (free() > leave) out.write(piece);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    public void delete(String name) throws IOException {
        Files.delete(place.resolve(name));
    }

    public long free() throws IOException {
        return Files.getFileStore(place).getUsableSpace();
    }

    /** What a program may still have open there goes with it. */
    @Override
    public void close() throws IOException {
        run(List.of("umount", "--lazy", place.toString()));
    }

    private static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.onExit().orTimeout(10, TimeUnit.SECONDS).join().exitValue())
                .as(String.join(" ", command))
                .isZero();
    }
}
