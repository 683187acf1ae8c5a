package dev.signalbox.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.EngineException;
import dev.signalbox.engine.EngineException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTest {
    @Test
    void whatIsFoundStandsInColumnsWithItsFix() {
        var report = examine(
                check("Docker", Finding.ok("Release 26.1.5.")),
                check("Live-restore", Finding.warn("Apps stop.", "Set it.")),
                check("Data", Finding.fail("Others reach in.", "chmod 700 /data")));
        assertThat(report.text()).isEqualTo("""
                ok    Docker        Release 26.1.5.
                warn  Live-restore  Apps stop.
                                    Fix: Set it.
                fail  Data          Others reach in.
                                    Fix: chmod 700 /data

                1 failed, 1 to look at, 1 well.""");
        assertThat(report.isWell()).isFalse();
    }

    @Test
    void whatIsToBeLookedAtDoesNotMeanIllness() {
        assertThat(examine(check("A", Finding.warn("Somehow.", "Do."))).isWell())
                .isTrue();
    }

    @Test
    void allWell() {
        assertThat(examine(check("A", Finding.ok("Good."))).text()).isEqualTo("ok    A  Good.\n\nAll is well.");
    }

    @Test
    void whatCannotBeLookedAtKeepsNothingElseFromIt() {
        var report = examine(
                check("A", () -> {
                    throw new IOException("the answer is cut off");
                }),
                check("B", () -> {
                    throw new EngineException(Kind.UNREACHABLE, "Docker is away.", null);
                }),
                check("C", Finding.ok("Good.")));
        assertThat(report.text())
                .contains(
                        "warn  A  Not looked at: the answer is cut off.", "warn  B  Not looked at: Docker", "ok    C");
    }

    @Test
    void onlyWhoIsKeptOutIsSentToRoot() {
        var report = examine(
                check("A", () -> {
                    throw new AccessDeniedException("/proc/17/status");
                }),
                check("B", () -> {
                    throw new NoSuchFileException("/proc/net/tcp");
                }));
        assertThat(report.text()).contains("""
                warn  A  Not looked at: /proc/17/status is shown to root only.
                         Fix: Give the command as root: sudo signalbox doctor
                warn  B  Not looked at: /proc/net/tcp is not there.
                         Fix: Put that right""");
    }

    private static Report examine(Check... checks) {
        return new Doctor(List.of(checks)).examine();
    }

    private interface Look {
        Finding take() throws IOException;
    }

    private static Check check(String subject, Finding finding) {
        return check(subject, () -> finding);
    }

    private static Check check(String subject, Look look) {
        return new Check() {
            @Override
            public String subject() {
                return subject;
            }

            @Override
            public Finding examine() throws IOException {
                return look.take();
            }
        };
    }
}
