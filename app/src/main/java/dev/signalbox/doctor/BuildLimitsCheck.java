package dev.signalbox.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Whether a build that wants all the memory is stopped before apps are. */
record BuildLimitsCheck(Path root, Processes processes, InitSystem init) implements Check {
    private static final String SLICE = "signalbox-build.slice";
    /** The dash in the slice's name puts it below another, which the kernel's list shows. */
    private static final Pattern SLICE_OF_GROUP =
            Pattern.compile("^[^:]*:[^:]*:/(.*" + Pattern.quote(SLICE) + ")", Pattern.MULTILINE);

    private static final String GROUPS = "sys/fs/cgroup";
    /** The first version of control groups says no limit with a number as large as it has. */
    private static final long NO_LIMIT = 1L << 60;

    private static final long MB = 1 << 20;
    private static final String FIX = "Run the installer again.";

    @Override
    public String subject() {
        return "Build limits";
    }

    @Override
    public Finding examine() throws IOException {
        return init.runs() ? slice() : group();
    }

    private Finding slice() throws IOException {
        var daemon = processes.engine();
        if (daemon.isPresent()) {
            var group = SLICE_OF_GROUP.matcher(daemon.get().controlGroups());
            if (group.find()) {
                return limited(
                        limit(root.resolve(GROUPS).resolve(group.group(1)).resolve("memory.max")));
            }
        }
        if (Files.exists(root.resolve("etc/systemd/system").resolve(SLICE))) {
            return Finding.warn(
                    "Docker was started before its builds were given limits, so a build may take all the memory.",
                    "Restart Docker when that suits you: " + init.restartDocker());
        }
        return unlimited();
    }

    private Finding group() throws IOException {
        var first = root.resolve(GROUPS).resolve("memory/docker/buildkit/memory.limit_in_bytes");
        var second = root.resolve(GROUPS).resolve("docker/buildkit/memory.max");
        return limited(Math.min(limit(first), limit(second)));
    }

    private static long limit(Path file) throws IOException {
        if (!Files.exists(file)) return NO_LIMIT;
        var text = Files.readString(file).strip();
        return text.equals("max") ? NO_LIMIT : Long.parseLong(text);
    }

    private static Finding limited(long limit) {
        return limit < NO_LIMIT ? Finding.ok("All builds together have " + limit / MB + " MB of memory.") : unlimited();
    }

    private static Finding unlimited() {
        return Finding.warn("A build may take all the memory of this machine, and apps are stopped for it.", FIX);
    }
}
