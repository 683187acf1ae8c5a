package dev.signalbox.git;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** How JGit runs in this process: small, and blind to whatever git configuration the machine has. */
final class JGitSettings extends SystemReader.Delegate {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private JGitSettings(SystemReader system) {
        super(system);
    }

    /** To be called before JGit is used; once is enough, more does no harm. */
    static synchronized void apply() {
        if (SystemReader.getInstance() instanceof JGitSettings) return;
        SystemReader.setInstance(new JGitSettings(SystemReader.getInstance()));
        var cache = new WindowCacheConfig();
        cache.setPackedGitLimit(4L * MIB);
        cache.setPackedGitWindowSize(16 * KIB);
        cache.setPackedGitOpenFiles(64);
        cache.setPackedGitMMAP(false);
        cache.setDeltaBaseCacheLimit(2 * MIB);
        // What is larger never stands in memory as a whole.
        cache.setStreamFileThreshold(4 * MIB);
        cache.setExposeStatsViaJmx(false);
        cache.install();
    }

    /** Packs for people who clone: what is stored is sent as it is, looking for better deltas is not worth the memory. */
    static PackConfig sending() {
        var config = new PackConfig();
        config.setDeltaCompress(false);
        config.setReuseDeltas(true);
        config.setReuseObjects(true);
        config.setThreads(1);
        return config;
    }

    @Override
    public String getenv(String variable) {
        return "";
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    private static final class NoConfig extends FileBasedConfig {
        /** Linux stamps files by its tick, 10 ms at most; twice that is careful. */
        private static final long FILE_TIME_MILLIS = 20;

        NoConfig(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // There is nothing to read.
        }

        @Override
        public void save() {
            // There is nowhere to write.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }

        /** How exact file times are is said here; else the first push waits three seconds while JGit measures it. */
        @Override
        public long getTimeUnit(String section, String subsection, String name, long fallback, TimeUnit unit) {
            if (!section.equals("filesystem")) return fallback;
            return unit.convert(FILE_TIME_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
