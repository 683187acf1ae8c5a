package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bytecode does not show: texts in constants, pages, lengths of files. */
class SourceFilesTest {
    private static final Path PROGRAM = Path.of("app", "src", "main", "java");
    private static final Path TESTS = Path.of("app", "src", "test", "java");
    private static final Path PAGES = Path.of("templates", "pages");
    private static final int LONGEST_FILE = 500;

    /** The one class that makes a shell line, of an app's own words and for the app's own container. */
    private static final String SHELL = "ContainerCommand.java";

    /** A page that is shown on the hosts of apps carries its stylesheet, which its own policy allows by hash. */
    private static final String SELF_CONTAINED = "edge.html";

    /** Sends its requests on the beat of a clock. */
    private static final String LOAD = "Traffic.java";

    private static final Pattern SHELL_TEXT =
            Pattern.compile("\"(/bin/|/usr/bin/)?(ba|da|z|k)?sh\"|\"[^\"]*\\b(ba|da|z|k)?sh -c\\b[^\"]*\"|CMD-SHELL");
    private static final Pattern SECRET_COMPARED =
            Pattern.compile("\\b\\w*([tT]oken|[sS]ecret|[pP]assword|[dD]igest|[sS]ignature)(\\(\\)|\\w*)?\\.equals\\("
                    + "|\\.equals\\(\\w*([tT]oken|[sS]ecret|[pP]assword|[dD]igest|[sS]ignature)\\w*(\\(\\))?\\)");
    private static final Pattern SLEEP = Pattern.compile("Thread\\.sleep\\(|TimeUnit\\.\\w+\\.sleep\\(");
    private static final Pattern SWALLOWED =
            Pattern.compile("catch \\([^)]*\\) \\{\\s*(//[^\\n]*\\s*|/\\*[\\s\\S]*?\\*/\\s*)*}");

    /** Where what is caught is what was wanted: it is gone already, runs already, was closed, or the client knows. */
    private static final Map<String, Long> EXPECTED = Map.ofEntries(
            Map.entry("BackgroundStream.java", 1L),
            Map.entry("Containers.java", 3L),
            Map.entry("Images.java", 1L),
            Map.entry("ListeningSockets.java", 1L),
            Map.entry("Networks.java", 1L),
            Map.entry("Upload.java", 1L),
            Map.entry("Capture.java", 1L),
            Map.entry("Segments.java", 1L),
            Map.entry("Watcher.java", 1L),
            Map.entry("LiveAnswer.java", 1L));

    private static final Pattern UNESCAPED = Pattern.compile("th:utext|\\[\\(|__\\$\\{|javascript:", Pattern.MULTILINE);
    private static final Pattern INLINE = Pattern.compile(
            "<script(?![^>]*\\s(th:)?src=)|<style|\\sstyle=|\\son[a-z]+=|hx-on|hx-vals=.js:", Pattern.CASE_INSENSITIVE);

    @Test
    void noShellLineIsMadeOutsideItsOneClass() {
        assertThat(lines(PROGRAM, ".java", SHELL_TEXT)).allMatch(line -> line.startsWith(SHELL + ":"));
    }

    @Test
    void secretsAreNotComparedAsTexts() {
        assertThat(lines(PROGRAM, ".java", SECRET_COMPARED)).isEmpty();
    }

    @Test
    void noTestWaitsBlindly() {
        assertThat(lines(TESTS, ".java", SLEEP)).allMatch(line -> line.startsWith(LOAD + ":"));
    }

    @Test
    void noFailureIsSwallowed() {
        var swallowed = lines(PROGRAM, ".java", SWALLOWED).stream()
                .collect(Collectors.groupingBy(line -> line.substring(0, line.indexOf(':')), Collectors.counting()));
        assertThat(swallowed).isEqualTo(EXPECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "catch (A e) {}",
                "catch (A | B e) {\n  // Never mind.\n  // Really.\n}",
                "catch (A e) {/* x */ }"
            })
    void aSwallowedFailureIsSeen(String text) {
        assertThat(SWALLOWED.matcher(text).find()).isTrue();
    }

    @Test
    void pagesEscapeWhatTheyShow() {
        assertThat(lines(PAGES, ".html", UNESCAPED)).isEmpty();
    }

    @Test
    void pagesCarryNoScriptAndNoStyle() {
        assertThat(lines(PAGES, ".html", INLINE)).allMatch(line -> line.equals(SELF_CONTAINED + ": <style"));
    }

    @Test
    void filesStayShort() {
        assertThat(Stream.concat(files(PROGRAM, ".java"), files(TESTS, ".java"))
                        .filter(file -> text(file).lines().count() > LONGEST_FILE))
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsForAndTakesNoNulls() {
        assertThat(files(PROGRAM, ".java")
                        .map(Path::getParent)
                        .distinct()
                        .map(folder -> folder.resolve("package-info.java")))
                .allSatisfy(file -> assertThat(text(file)).startsWith("/**").contains("@NullMarked"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "List.of(\"sh\", \"-c\", line)",
                "run(\"/bin/bash\")",
                "\"sudo sh -c true\"",
                "Healthcheck(\"CMD-SHELL\")"
            })
    void aShellLineIsSeen(String text) {
        assertThat(SHELL_TEXT.matcher(text).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token.equals(other)",
                "row.digest().equals(x)",
                "given.equals(password)",
                "a.equals(newSecret())",
                "signature.equals(mine)"
            })
    void aComparisonOfSecretsIsSeen(String text) {
        assertThat(SECRET_COMPARED.matcher(text).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>x()</script>",
                "<p style=\"color:red\">",
                "<a onclick=\"x()\">",
                "<STYLE>",
                "<b hx-on:click=x>"
            })
    void inlineScriptAndStyleAreSeen(String text) {
        assertThat(INLINE.matcher(text).find()).isTrue();
    }

    private static List<String> lines(Path folder, String ending, Pattern pattern) {
        return files(folder, ending)
                .flatMap(file ->
                        pattern.matcher(text(file)).results().map(found -> file.getFileName() + ": " + found.group()))
                .toList();
    }

    private static Stream<Path> files(Path folder, String ending) {
        try (var all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
