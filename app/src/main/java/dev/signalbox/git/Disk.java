package dev.signalbox.git;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Directories as wholes: listed, made durable, deleted. */
final class Disk {
    private Disk() {}

    static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) return List.of();
        try (var entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    /** Returns when this file, or the names in this directory, would survive a power cut. */
    static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** {@link #sync} for everything in it. */
    static void syncAll(Path directory) throws IOException {
        for (var path : list(directory)) {
            if (Files.isDirectory(path)) syncAll(path);
            else sync(path);
        }
        sync(directory);
    }

    /** Nothing happens when it is not there. */
    static void delete(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) return;
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem) throws IOException {
                if (problem != null) throw problem;
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
