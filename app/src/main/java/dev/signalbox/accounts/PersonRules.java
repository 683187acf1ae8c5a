package dev.signalbox.accounts;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How people and teams may be called, and what an e-mail address looks like. */
final class PersonRules {
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_MAILBOX = 64;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]");
    private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern MAILBOX = Pattern.compile(
            "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+" + "(\\.[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern LABEL =
            Pattern.compile("[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?");

    /** Who else acts in the audit log. */
    private static final Set<String> ACTORS = Set.of("root", "token", "unknown", "signalbox", "system", "webhook");

    private PersonRules() {}

    /** As it is kept: what looks alike is alike, and spaces stand alone. */
    static String name(String typed) {
        return SPACES.matcher(Normalizer.normalize(typed, Normalizer.Form.NFKC).strip())
                .replaceAll(" ");
    }

    /** As it is kept: mailboxes that differ in capitals only are one in practice. */
    static String email(String typed) {
        return Normalizer.normalize(typed.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    static Optional<Flaw> flawInName(String name) {
        if (!isNameable(name)) {
            return flaw("name", "Use 1 to 60 characters for the name, all of them visible.");
        }
        var first = name.toLowerCase(Locale.ROOT).split(" ", 2)[0];
        if (ACTORS.contains(first)) {
            return flaw("name", "The audit log uses " + first + " for others. Choose a name that begins otherwise.");
        }
        return Optional.empty();
    }

    static Flaw nameTaken(String name) {
        return new Flaw(
                "name",
                name
                        + " is or was somebody else here, and the audit log tells people apart by name. Add a second name.");
    }

    static Optional<Flaw> flawInTeam(String name) {
        return isNameable(name)
                ? Optional.empty()
                : flaw("team", "Use 1 to 60 characters for the team's name, all of them visible.");
    }

    private static boolean isNameable(String name) {
        int length = name.codePointCount(0, name.length());
        return length >= 1
                && length <= LONGEST_NAME
                && !UNPRINTABLE.matcher(name).find();
    }

    static Optional<Flaw> flawInEmail(String email) {
        int at = email.lastIndexOf('@');
        if (at < 1 || at == email.length() - 1) {
            return flaw("email", "This is not an e-mail address. Type one such as mara@acme.example.");
        }
        if (email.length() > LONGEST_EMAIL || at > LONGEST_MAILBOX) {
            return flaw("email", "No mail server takes an address this long. Use one of at most 254 characters.");
        }
        var domain = email.substring(at + 1);
        if (domain.indexOf('.') < 0) {
            return flaw("email", email + " has no domain ending. Type the whole address, such as mara@acme.example.");
        }
        for (var label : domain.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return flaw("email", "What follows the @ is no domain. Type an address such as mara@acme.example.");
            }
        }
        return MAILBOX.matcher(email.substring(0, at)).matches()
                ? Optional.empty()
                : flaw("email", "What precedes the @ is no mailbox. Type an address such as mara@acme.example.");
    }

    private static Optional<Flaw> flaw(String field, String message) {
        return Optional.of(new Flaw(field, message));
    }
}
