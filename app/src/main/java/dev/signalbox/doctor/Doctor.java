package dev.signalbox.doctor;

import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineException;
import dev.signalbox.space.Level;
import java.io.IOException;
import java.util.List;

/** Looks the machine over. It changes nothing. */
public final class Doctor {
    private final List<Check> checks;

    Doctor(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    public static Doctor of(Premises premises, Engine engine) {
        var processes = new Processes(premises.root());
        var init = new InitSystem(premises.root());
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
                new ClockCheck(init)));
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
        } catch (IOException e) {
            return Finding.warn(
                    "Not looked at: " + e.getMessage() + ".", "Give the command as root: sudo signalbox doctor");
        }
    }
}
