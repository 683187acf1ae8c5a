package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcfileTest {
    @Test
    void namesProcessesInTheirOrder() {
        var procfile = Procfile.parse("""
                # what runs
                web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT

                worker:  celery -A shop worker\r
                release: python manage.py migrate
                """);

        assertThat(procfile.processes())
                .containsExactly(
                        new ProcessType("web", "gunicorn shop.wsgi --bind 0.0.0.0:$PORT"),
                        new ProcessType("worker", "celery -A shop worker"),
                        new ProcessType("release", "python manage.py migrate"));
    }

    @Test
    void aReleaseCommandAloneLeavesTheImagesOwnCommandToRun() {
        assertThat(Procfile.parse("release: npm run migrate").orDefault())
                .containsExactly(new ProcessType("web", null), new ProcessType("release", "npm run migrate"));
    }

    @Test
    void isTheWholeListOfWhatRuns() {
        assertThat(Procfile.parse("worker: python bot.py").orDefault())
                .containsExactly(new ProcessType("worker", "python bot.py"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$(id)", "`id`", "a; id", "a && id", "--help", "../../x", "${IFS}id", "a 'b' \"c\""})
    void takesCommandsAsTheyAre(String command) {
        assertThat(Procfile.parse("web: " + command).command("web")).hasValue(command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web: a\\nnonsense | Procfile:2: 'nonsense' is not of the form 'web: command to run'.",
                "$(id): a | Procfile:1: '$(id): a' is not of the form 'web: command to run'.",
                "web: | Procfile:1: 'web:' is not of the form 'web: command to run'.",
                "web: a\\nweb: b | Procfile:2: there is a second 'web'; each process is named once.",
                "web: a\\0b | Procfile:1: the command of 'web' has a control character in it.",
                "web: a\u009bx | Procfile:1: the command of 'web' has a control character in it.",
                "web: a\u202ex | Procfile:1: the command of 'web' has a control character in it.",
                "web: a\\033[2J | Procfile:1: the command of 'web' has a control character in it.",
            })
    void namesTheLineThatIsWrong(String text, String message) {
        assertThatThrownBy(() -> Procfile.parse(text.translateEscapes()))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(message);
    }

    @Test
    void refusesEndlessCommands() {
        assertThatThrownBy(() -> Procfile.parse("web: " + "a".repeat(10_000)))
                .hasMessage("Procfile:1: the command of 'web' is longer than 4,096 characters.");
    }

    @Test
    void refusesTheEleventhProcess() {
        var text = IntStream.rangeClosed(1, 11).mapToObj(i -> "p" + i + ": x\n").collect(Collectors.joining());
        assertThatThrownBy(() -> Procfile.parse(text))
                .hasMessage("Procfile:11: 'p11' is one process too many; 10 can be named.");
    }
}
