package dev.signalbox.engine;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;
import java.util.List;
import java.util.Map;

/** Confines containers: every one that this program makes gets its host configuration here and nowhere else. */
final class Hardening {
    /** The user of images made by our own recipes, who owns nothing but the app. */
    static final String RECIPE_USER = "1000:1000";

    private static final long MEBIBYTE = 1 << 20;
    private static final int NANOS_PER_MILLI_CPU = 1_000_000;
    private static final int NORMAL_SHARES = 1024;
    private static final int RESTARTS = 5;

    /** What entry points of common images need to change owner and user; raw sockets and device nodes are not in it. */
    private static final Capability[] FOREIGN_CAPABILITIES = {
        Capability.CHOWN,
        Capability.DAC_OVERRIDE,
        Capability.FOWNER,
        Capability.FSETID,
        Capability.KILL,
        Capability.SETGID,
        Capability.SETUID,
        Capability.NET_BIND_SERVICE
    };

    private Hardening() {}

    static HostConfig tenant(ContainerSpec spec, long openFiles) {
        var limits = spec.limits();
        long memory = limits.memoryMegabytes() * MEBIBYTE;
        var config = confined(openFiles)
                .withMemory(memory)
                .withMemorySwap(memory)
                .withPidsLimit((long) limits.processes())
                .withCpuShares(NORMAL_SHARES)
                .withRestartPolicy(policy(spec.restart()))
                .withNetworkMode(
                        spec.address() == null ? "none" : spec.address().network());
        if (limits.cpuMillis() != null) config.withNanoCPUs((long) limits.cpuMillis() * NANOS_PER_MILLI_CPU);
        return switch (spec.profile()) {
            case RECIPE -> config;
            case FOREIGN -> config.withCapAdd(FOREIGN_CAPABILITIES);
        };
    }

    static RestartPolicy policy(Restart restart) {
        return switch (restart) {
            case AFTER_CRASH -> RestartPolicy.onFailureRestart(RESTARTS);
            case NEVER -> RestartPolicy.noRestart();
        };
    }

    /** The proxy binds ports 80 and 443, which takes root and one capability where the engine is old. */
    static HostConfig system(SystemContainer spec, long openFiles) {
        return confined(openFiles)
                .withCapAdd(Capability.NET_BIND_SERVICE)
                .withReadonlyRootfs(true)
                .withTmpFs(Map.of("/tmp", "rw,noexec,nosuid,nodev,size=64m"))
                .withMounts(spec.directories().entrySet().stream()
                        .map(directory -> new Mount()
                                .withType(MountType.BIND)
                                .withSource(
                                        directory.getValue().toAbsolutePath().toString())
                                .withTarget(directory.getKey())
                                .withReadOnly(!spec.writable().contains(directory.getKey())))
                        .toList())
                .withRestartPolicy(RestartPolicy.alwaysRestart())
                .withNetworkMode("host");
    }

    private static HostConfig confined(long openFiles) {
        return HostConfig.newHostConfig()
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                // A core dump would hold the app's secrets.
                .withUlimits(List.of(new Ulimit("nofile", openFiles, openFiles), new Ulimit("core", 0L, 0L)))
                // Passes signals on to processes that do not expect to be the first, and buries their children.
                .withInit(true)
                .withLogConfig(new LogConfig(LoggingType.LOCAL, Map.of("max-size", "10m", "max-file", "3")));
    }
}
