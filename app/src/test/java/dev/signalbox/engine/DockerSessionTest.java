package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerSessionTest {
    @ParameterizedTest
    @CsvSource({"1.41, 1.12, 1.41", "1.43, 1.24, 1.43", "1.44, 1.24, 1.44", "1.51, 1.24, 1.44", "1.57, 1.46, 1.46"})
    void agreesOnTheNewestApiThatBothKnow(String newest, String oldest, String agreed) {
        var version =
                JsonNodeFactory.instance.objectNode().put("ApiVersion", newest).put("MinAPIVersion", oldest);

        assertThat(DockerSession.negotiate(version)).isEqualTo(agreed);
    }
}
