package dev.signalbox;

import dev.signalbox.cli.Host;
import dev.signalbox.cli.HostRefused;
import dev.signalbox.db.DatabaseCopy;
import dev.signalbox.db.DatabaseFailed;
import dev.signalbox.doctor.Doctor;
import dev.signalbox.doctor.InitSystem;
import dev.signalbox.doctor.Premises;
import dev.signalbox.engine.DockerEngine;
import dev.signalbox.secrets.KeyUnusable;
import dev.signalbox.secrets.MasterKey;
import dev.signalbox.secrets.RecoveryKit;
import dev.signalbox.secrets.WordsWrong;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Does on this machine what needs no running appliance, with the settings that it would run with. */
final class LocalHost implements Host {
    /** It makes nothing in Docker, so nothing is ever called this. */
    private static final String NO_INSTANCE = "doctor";

    private static final Path MACHINE = Path.of("/");

    private final Map<String, String> environment;

    LocalHost(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void backUpDatabase(Path copy) {
        try {
            DatabaseCopy.make(settings().database(), copy);
        } catch (DatabaseFailed e) {
            throw new HostRefused(e);
        }
    }

    @Override
    public Examination examine() {
        var settings = settings();
        var premises = new Premises(
                MACHINE,
                settings.data(),
                settings.database(),
                settings.masterKey(),
                settings.panelPort(),
                settings.httpPort(),
                settings.httpsPort(),
                settings.proxyApiPort(),
                settings.proxyImage());
        try (var engine = DockerEngine.connect(settings.dockerHost(), NO_INSTANCE, Clock.systemUTC())) {
            var report = Doctor.of(premises, init(), engine).examine();
            return new Examination(report.text(), report.isWell());
        }
    }

    @Override
    public String howToStart() {
        return init().startSignalbox();
    }

    /** The launcher tells where it was started from: below a prefix, what belongs to it is there too. */
    private static InitSystem init() {
        return InitSystem.of(MACHINE, System.getProperty("signalbox.home", ""));
    }

    @Override
    public void createKey() {
        var file = settings().masterKey();
        changing(file, () -> MasterKey.create(file, new SecureRandom()));
    }

    @Override
    public List<String> keyWords() {
        var file = settings().masterKey();
        requireReadable(file);
        try {
            return RecoveryKit.words(file);
        } catch (KeyUnusable e) {
            throw new HostRefused(e);
        }
    }

    @Override
    public void confirmKit() {
        var file = settings().masterKey();
        requireReadable(file);
        changing(file, () -> {
            RecoveryKit.confirm(file);
            return true;
        });
    }

    @Override
    public Path restoreKey(List<String> words) {
        var file = settings().masterKey();
        if (!changing(file, () -> RecoveryKit.restore(file, words))) {
            throw new HostRefused(
                    "There is a file " + file + " already. It was left alone: what is sealed with the key in it"
                            + " would be lost. Move it away if it is not the one you want.");
        }
        return file;
    }

    private interface Change {
        boolean make() throws IOException;
    }

    private static boolean changing(Path key, Change change) {
        try {
            return change.make();
        } catch (KeyUnusable e) {
            throw new HostRefused(e);
        } catch (WordsWrong e) {
            throw new HostRefused(
                    Objects.requireNonNullElse(e.getMessage(), "") + " No key was written. Read the kit once more.");
        } catch (AccessDeniedException e) {
            throw HostRefused.onlyRoot();
        } catch (IOException e) {
            throw new HostRefused("Beside " + key + " nothing can be written (" + e.getMessage()
                    + "). Nothing was changed. Make room or put the directory right, and give the command again.");
        }
    }

    /** Not to be seen is not the same as not to be there. */
    private static void requireReadable(Path key) {
        if (!Files.isReadable(key) && !Files.notExists(key)) throw HostRefused.onlyRoot();
    }

    /** Read only when it is needed: a mistake in it must not stop a command that does without. */
    private Settings settings() {
        try {
            return Settings.of(environment);
        } catch (Misconfigured e) {
            throw new HostRefused(e);
        }
    }
}
