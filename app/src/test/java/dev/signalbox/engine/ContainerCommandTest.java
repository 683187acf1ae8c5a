package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerCommandTest {
    @Test
    void oneCommandTakesTheShellsPlace() {
        assertThat(ContainerCommand.shell("gunicorn app:app --bind 0.0.0.0:$PORT")
                        .argv())
                .containsExactly("/bin/sh", "-c", "exec gunicorn app:app --bind 0.0.0.0:$PORT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python manage.py migrate && python manage.py loaddata all",
                "cd app; node server.js",
                "NODE_ENV=production node server.js",
                "cd app",
                "(sleep 1)",
                ". ./environment",
                "exec node server.js",
                "worker | tee log"
            })
    void whatOnlyAShellUnderstandsStaysTheShells(String line) {
        assertThat(ContainerCommand.shell(line).argv()).containsExactly("/bin/sh", "-c", line);
    }
}
