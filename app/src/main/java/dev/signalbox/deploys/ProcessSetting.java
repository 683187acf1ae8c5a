package dev.signalbox.deploys;

import org.jspecify.annotations.Nullable;

/**
 * What a person set for one process of a workload.
 *
 * @param command instead of the Procfile's; null leaves that
 * @param cpuMillis 1000 is one core; null is no limit
 * @param health null looks at it as at every process of its sort
 * @param sticky whether whoever asks stays with one replica
 */
public record ProcessSetting(
        @Nullable String command,
        int replicas,
        int memoryMegabytes,
        @Nullable Integer cpuMillis,
        @Nullable HealthCheck health,
        boolean sticky) {
    public static final int MOST_REPLICAS = 100;
    public static final int LEAST_MEMORY = 16;
    public static final int MOST_MEMORY = 1_048_576;
    public static final int LEAST_CPU = 50;
    public static final int MOST_CPU = 256_000;

    /** Of a process for which nobody set anything. */
    public static final ProcessSetting USUAL = new ProcessSetting(null, 1, 512, null, null, false);

    public ProcessSetting {
        if (replicas < 0 || replicas > MOST_REPLICAS) throw new IllegalArgumentException("replicas: " + replicas);
        if (memoryMegabytes < 1 || memoryMegabytes > MOST_MEMORY) {
            throw new IllegalArgumentException("memory: " + memoryMegabytes);
        }
        if (cpuMillis != null && (cpuMillis < 1 || cpuMillis > MOST_CPU)) {
            throw new IllegalArgumentException("CPU: " + cpuMillis);
        }
    }
}
