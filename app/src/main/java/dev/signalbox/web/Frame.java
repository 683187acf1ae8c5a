package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.accounts.Session;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds every page.
 *
 * @param who is signed in; null for a page before that
 * @param csrf what every form carries
 * @param once what tells the forms of this page from those of any other
 * @param theme light or dark; null follows the system
 * @param keys whether the keyboard's map is on
 * @param notice what was just done, once
 * @param exposed whether passwords and cookies go over the network as they are
 */
record Frame(
        @Nullable Who who,
        String csrf,
        String once,
        @Nullable String theme,
        boolean keys,
        @Nullable String notice,
        boolean exposed,
        String host,
        String path,
        String version,
        Map<String, String> assets,
        String icons) {
    /**
     * Somebody, as the bar shows them.
     *
     * @param readsAudit whether the audit log is for them
     */
    record Who(String name, String initials, String role, String team, boolean readsAudit) {
        static Who of(Session session, String team) {
            var person = session.person();
            return new Who(
                    person.name(),
                    Frame.initials(person.name()),
                    session.caller().role().word(),
                    team,
                    session.caller().may(Permission.READ_AUDIT));
        }
    }

    /** The first letters of the first two words. */
    static String initials(String name) {
        return Arrays.stream(name.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .limit(2)
                .map(word -> word.substring(0, word.offsetByCodePoints(0, 1)))
                .collect(Collectors.joining())
                .toUpperCase(Locale.ROOT);
    }
}
