package dev.signalbox.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.projects.DotEnv.Entry;
import dev.signalbox.projects.DotEnv.Parsed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotEnvTest {
    @Test
    void whatPeopleKeepInSuchFilesIsRead() {
        var text = """
                # the shop
                A=1
                export B = two words   # why
                C=
                D='single $A \\n # no comment'
                E="double \\"quoted\\" \\$A\\nnext\\tend \\x" # comment

                F=https://user:p#ss@host/?a=b
                \tG=it's
                """;
        assertThat(values(text))
                .containsExactly(
                        Map.entry("A", "1"),
                        Map.entry("B", "two words"),
                        Map.entry("C", ""),
                        Map.entry("D", "single $A \\n # no comment"),
                        Map.entry("E", "double \"quoted\" $A\nnext\tend \\x"),
                        Map.entry("F", "https://user:p#ss@host/?a=b"),
                        Map.entry("G", "it's"));
    }

    @Test
    void quotesReachOverLines() {
        var parsed = DotEnv.parse("KEY=\"-----BEGIN\nabc\n-----END\n\"\r\nNEXT='a\r\nb'\nLAST=x");
        assertThat(parsed)
                .isInstanceOfSatisfying(
                        Parsed.Done.class,
                        done -> assertThat(done.entries())
                                .containsExactly(
                                        Map.entry("KEY", new Entry(1, "-----BEGIN\nabc\n-----END\n")),
                                        Map.entry("NEXT", new Entry(5, "a\nb")),
                                        Map.entry("LAST", new Entry(7, "x"))));
    }

    @Test
    void nothingAndCommentsAreNoVariables() {
        for (var text : new String[] {"", "\n\n", "# A=1", "  # x\n\t\n", "\ufeff"}) {
            assertThat(values(text)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A=1;B          | 2 | write NAME=value",
                "A=1;;2ND=x     | 3 | use A to Z",
                "lower=x        | 1 | use A to Z",
                "PATH=/bin      | 1 | not PATH",
                "=x             | 1 | use A to Z",
                "A=1;B=\"x;y;z  | 2 | the quote \" that begins here never ends",
                "A='x'y         | 1 | only a comment may follow",
                "A=\"x;y\" z    | 2 | only a comment may follow",
                "A=1;B=2;A=3    | 3 | stands in line 1 already",
                "export=1       | 1 | use A to Z",
                "A B=1          | 1 | use A to Z"
            })
    void whatCannotBeMeantIsRefusedWithItsLine(String lines, int line, String sentence) {
        assertThat(DotEnv.parse(lines.replace(';', '\n'))).isInstanceOfSatisfying(Parsed.Wrong.class, wrong -> {
            assertThat(wrong.line()).isEqualTo(line);
            assertThat(wrong.sentence()).contains(sentence);
        });
    }

    private static Map<String, String> values(String text) {
        if (!(DotEnv.parse(text) instanceof Parsed.Done(var entries))) throw new AssertionError(DotEnv.parse(text));
        var values = new LinkedHashMap<String, String>();
        entries.forEach((name, entry) -> values.put(name, entry.value()));
        return values;
    }
}
