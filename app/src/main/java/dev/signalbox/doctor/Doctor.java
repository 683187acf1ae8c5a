package dev.signalbox.doctor;

import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineException;
import dev.signalbox.space.Level;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Looks the machine over. It changes nothing. */
public final class Doctor {
    private static final String AGAIN = "Put that right if it stays so when the command is given again.";

    private final List<Check> checks;

    Doctor(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    public static Doctor of(Premises premises, InitSystem init, Engine engine) {
        var processes = new Processes(premises.root());
        return new Doctor(List.of(
                new PanelCheck(premises.panelPort(), init),
                new RouterCheck(premises.proxyApiPort(), init),
                new PortCheck(premises.httpPort(), processes, init),
                new PortCheck(premises.httpsPort(), processes, init),
                new DockerCheck(engine, init),
                new RuncCheck(engine),
                new LiveRestoreCheck(engine, init),
                new ImageStoreCheck(engine),
                new DockerAddressCheck(premises.root(), processes),
                new BuildLimitsCheck(premises.root(), processes, init),
                new FirewallCheck(init),
                new BaseImagesCheck(engine, premises.proxyImage()),
                new DatabaseCheck(premises.database()),
                new DataDirectoryCheck(premises.data()),
                new MasterKeyCheck(premises.masterKey()),
                new RecoveryKitCheck(premises.masterKey()),
                new DiskCheck(premises.data(), engine, Level.Bounds.STANDARD),
                new ClockCheck(init, Libc.clockState())));
    }

    public Report examine() {
        return new Report(checks.stream()
                .map(check -> new Report.Line(check.subject(), finding(check)))
                .toList());
    }

    private static Finding finding(Check check) {
        try {
            return check.examine();
        } catch (EngineException e) {
            return Finding.warn("Not looked at: Docker does not answer.", "Look at the line about Docker first.");
        } catch (AccessDeniedException e) {
            return Finding.warn(
                    "Not looked at: " + e.getFile() + " is shown to root only.",
                    "Give the command as root: sudo signalbox doctor");
        } catch (NoSuchFileException e) {
            return Finding.warn("Not looked at: " + e.getFile() + " is not there.", AGAIN);
        } catch (IOException e) {
            return Finding.warn("Not looked at: " + e.getMessage() + ".", AGAIN);
        }
    }
}
