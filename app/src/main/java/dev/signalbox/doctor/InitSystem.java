package dev.signalbox.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which commands start and stop services on this machine, and where their logs are: systemd's, or what the installer does
 * in its place.
 *
 * @param root of the files of the machine
 */
public record InitSystem(Path root) {
    private static final String INSTALLER = "sudo /opt/signalbox/current/installer/install.sh --yes";
    private static final String NO_SYSTEMD = "There is no systemd here, so nothing starts it after a reboot";

    /** Why Signalbox is not there, and how it comes back. */
    public String startSignalbox() {
        if (keepsSignalbox()) {
            return "See why with: journalctl -u signalbox. Start it with: systemctl start signalbox";
        }
        return NO_SYSTEMD + ". Start it with: " + INSTALLER + ". Its log: " + signalboxLog();
    }

    String signalboxLog() {
        return keepsSignalbox() ? "journalctl -u signalbox" : "/var/log/signalbox/signalbox.log";
    }

    String startDocker() {
        if (runs()) return "Start it with: systemctl start docker. Its log: journalctl -u docker";
        return NO_SYSTEMD + " unless you do. The installer does as well: " + INSTALLER
                + ". The log of a Docker that it started: /var/log/dockerd.log";
    }

    String reloadDocker() {
        return runs() ? "systemctl reload docker" : "kill -HUP $(pidof dockerd)";
    }

    String restartDocker() {
        return runs() ? "systemctl restart docker" : "kill $(pidof dockerd), then " + INSTALLER;
    }

    String setFirewall() {
        return keepsSignalbox() ? "systemctl restart signalbox-firewall" : INSTALLER;
    }

    String keepClock() {
        return runs()
                ? "apt-get install systemd-timesyncd && timedatectl set-ntp true"
                : "apt-get install chrony && service chrony start";
    }

    /** How a program that is in the way is kept away, as far as that can be said of any program. */
    String stopForGood(String program) {
        return runs()
                ? "Stop it and keep it from starting again, for example: systemctl disable --now " + program
                : "Stop it, and take it out of whatever starts it with the machine.";
    }

    /** Whether systemd has started this machine. */
    boolean runs() {
        return Files.isDirectory(root.resolve("run/systemd/system"));
    }

    /** Below a prefix, Signalbox runs without systemd on a machine that has it. */
    private boolean keepsSignalbox() {
        return runs() && Files.exists(root.resolve("etc/systemd/system/signalbox.service"));
    }
}
