package dev.signalbox.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Which commands start and stop services on this machine, and where their logs are: systemd's, or what the installer does
 * in its place.
 *
 * @param root of the files of the machine
 * @param prefix below which the program, its settings and its log are; empty where it is the machine's own
 */
public record InitSystem(Path root, String prefix) {
    /** Where the installer puts programs, and below that their names. */
    private static final Pattern PLACE = Pattern.compile("(.*)/opt/signalbox/versions/[^/]+");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final String NO_SYSTEMD = "There is no systemd here, so nothing starts it after a reboot";

    InitSystem(Path root) {
        this(root, "");
    }

    /** Of a program that runs from this place. */
    public static InitSystem of(Path root, String home) {
        var place = PLACE.matcher(home);
        return new InitSystem(root, place.matches() ? place.group(1) : "");
    }

    private String installer() {
        return "sudo " + prefix + "/opt/signalbox/current/installer/install.sh --yes"
                + (prefix.isEmpty() ? "" : " --prefix " + prefix);
    }

    /** Why Signalbox is not there, and how it comes back. */
    public String startSignalbox() {
        if (keepsSignalbox()) {
            return "See why with: journalctl -u signalbox. Start it with: systemctl start signalbox";
        }
        return NO_SYSTEMD + ". Start it with: " + installer() + ". Its log: " + signalboxLog();
    }

    String signalboxLog() {
        return keepsSignalbox() ? "journalctl -u signalbox" : prefix + "/var/log/signalbox/signalbox.log";
    }

    String startDocker() {
        if (runs()) return "Start it with: systemctl start docker. Its log: journalctl -u docker";
        return NO_SYSTEMD + " unless you do. The installer does as well: " + installer()
                + ". The log of a Docker that it started: /var/log/dockerd.log";
    }

    String reloadDocker() {
        return runs() ? "systemctl reload docker" : "kill -HUP $(cat /run/docker.pid)";
    }

    String restartDocker() {
        return runs() ? "systemctl restart docker" : "kill $(cat /run/docker.pid), then " + installer();
    }

    String setFirewall() {
        return keepsSignalbox() ? "systemctl reload-or-restart signalbox-firewall" : installer();
    }

    String keepClock() {
        return runs()
                ? "apt-get install systemd-timesyncd && timedatectl set-ntp true"
                : "apt-get install chrony && service chrony start";
    }

    /** How a program that is in the way is kept away, as far as that can be said of any program. */
    String stopForGood(String program) {
        return runs()
                ? "Stop it and keep it from starting again, for example: systemctl disable --now " + unitName(program)
                : "Stop it, and take it out of whatever starts it with the machine.";
    }

    /** Whoever starts a program chooses its name, and this one is put into a command for root. */
    private static String unitName(String program) {
        return NAME.matcher(program).matches() ? program : "NAME";
    }

    /** Whether systemd has started this machine. */
    boolean runs() {
        return Files.isDirectory(root.resolve("run/systemd/system"));
    }

    /** Below a prefix, Signalbox runs without systemd on a machine that has it. */
    private boolean keepsSignalbox() {
        return prefix.isEmpty() && runs() && Files.exists(root.resolve("etc/systemd/system/signalbox.service"));
    }
}
