package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ognl.Ognl;
import ognl.OgnlException;
import ognl.OgnlRuntime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecordPropertiesTest {
    record Line(String text, int number) {
        public String shout() {
            return text + "!";
        }

        public String broken() {
            if (number == 3) throw new IllegalStateException("no shout today");
            return text;
        }

        String secret() {
            return "hidden";
        }
    }

    private static final Line LINE = new Line("done", 3);

    @BeforeAll
    static void register() {
        RecordProperties.register();
    }

    @Test
    void componentsAndPublicMethodsAreProperties() throws OgnlException {
        assertThat(read("text")).isEqualTo("done");
        assertThat(read("number")).isEqualTo(3);
        assertThat(read("shout")).isEqualTo("done!");
    }

    @Test
    void whatIsNotPublicIsNoProperty() {
        assertThatThrownBy(() -> read("secret")).isInstanceOf(OgnlException.class);
        assertThatThrownBy(() -> read("nothing")).isInstanceOf(OgnlException.class);
    }

    @Test
    void aMethodThatFailsSaysWhy() {
        assertThatThrownBy(() -> read("broken"))
                .isInstanceOf(OgnlException.class)
                .hasRootCauseMessage("no shout today");
    }

    private static Object read(String property) throws OgnlException {
        return OgnlRuntime.getPropertyAccessor(Line.class).getProperty(Ognl.createDefaultContext(LINE), LINE, property);
    }
}
