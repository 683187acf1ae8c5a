package dev.signalbox.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Looks for what keeps people out of a page, with axe-core. */
final class Axe {
    private static final String SCRIPT = "/axe/axe.min.js";
    private static final String RUN = """
            const done = arguments[arguments.length - 1]
            axe.run(document, { resultTypes: ['violations'] }).then(
                found => done(found.violations.flatMap(rule => rule.nodes.map(node => ({
                    rule: rule.id, help: rule.help, where: node.target.join(' '), html: node.html })))),
                failure => done([{ rule: 'axe itself', help: String(failure), where: '', html: '' }]))
            """;

    private Axe() {}

    /**
     * A rule of axe-core that something on the page breaks.
     *
     * @param where a selector
     */
    record Violation(String rule, String help, String where, String html) {}

    static List<Violation> violations(Browser browser) {
        browser.run(script());
        var found = (List<?>) browser.driver().executeAsyncScript(RUN);
        return found.stream().map(each -> (Map<?, ?>) each).map(Axe::violation).toList();
    }

    private static Violation violation(Map<?, ?> found) {
        return new Violation(text(found, "rule"), text(found, "help"), text(found, "where"), text(found, "html"));
    }

    private static String text(Map<?, ?> found, String key) {
        return String.valueOf(found.get(key));
    }

    private static String script() {
        try (var in = Axe.class.getResourceAsStream(SCRIPT)) {
            if (in == null) throw new IllegalStateException(SCRIPT + " is missing");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
