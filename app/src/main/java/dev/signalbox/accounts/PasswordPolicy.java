package dev.signalbox.accounts;

import dev.signalbox.secrets.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which passwords are taken: long ones that nobody would try first. What they are composed of is up to the person.
 *
 * <p>The list of common ones is read when it is needed and not kept.
 */
final class PasswordPolicy {
    private static final String COMMON = "/accounts/common-passwords.txt";
    private static final int SHORTEST = 12;
    private static final int LONGEST = 256;
    private static final int SHORTEST_WORD = 4;
    private static final int MOST_AROUND = 8;
    private static final String PRODUCT = "signalbox";
    private static final String KEYS =
            "1234567890|qwertyuiop|asdfghjkl|zxcvbnm|qwertzuiop|azertyuiop|1qaz2wsx3edc4rfv5tgb6yhn"
                    + "7ujm8ik9ol0p|qazwsxedcrfvtgbyhnujmikolp|abcdefghijklmnopqrstuvwxyz|0123456789";

    private PasswordPolicy() {}

    /** What is wrong with it as the password of somebody of this name and address. */
    static Optional<Flaw> flaw(Secret password, String name, String email) {
        var text = Normalizer.normalize(password.reveal(), Normalizer.Form.NFC);
        int length = text.codePointCount(0, text.length());
        if (length < SHORTEST) {
            return refuse("This password has " + length + " characters. Use at least 12; four words do well.");
        }
        if (length > LONGEST) {
            return refuse("This password has " + length + " characters. Use at most 256.");
        }
        var small = text.toLowerCase(Locale.ROOT);
        if (isRepeated(small) || isSequence(small) || isCommon(small)) {
            return refuse(
                    "This password is one of the first that are tried. Use another; four unrelated words do well.");
        }
        return givenAway(name, email).filter(small::contains).findFirst().flatMap(PasswordPolicy::refuseWord);
    }

    private static Optional<Flaw> refuseWord(String word) {
        return refuse("Leave " + word
                + " out of the password: it is the first thing to be tried here. Four unrelated words do well.");
    }

    /** One short text again and again. */
    private static boolean isRepeated(String text) {
        return Pattern.matches("(?s)(.{1,6}?)\\1+.{0,5}", text)
                && text.chars().distinct().count() <= 6;
    }

    /** Neighbours on the keyboard, in the alphabet or among the figures, in pieces of four and more. */
    private static boolean isSequence(String text) {
        int covered = 0;
        for (int from = 0; from < text.length(); ) {
            int length = runAt(text, from);
            if (length >= 4) covered += length;
            from += length;
        }
        return text.length() - covered <= 3;
    }

    private static int runAt(String text, int from) {
        int longest = 1;
        for (var row : KEYS.split("\\|", -1)) {
            longest = Math.max(longest, common(text, from, row + row));
            longest = Math.max(
                    longest,
                    common(text, from, new StringBuilder(row + row).reverse().toString()));
        }
        return longest;
    }

    private static int common(String text, int from, String row) {
        int longest = 0;
        for (int start = row.indexOf(text.charAt(from));
                start >= 0;
                start = row.indexOf(text.charAt(from), start + 1)) {
            int length = 0;
            while (from + length < text.length()
                    && start + length < row.length()
                    && text.charAt(from + length) == row.charAt(start + length)) length++;
            longest = Math.max(longest, length);
        }
        return longest;
    }

    /** As it is listed, run together, or as a listed word with some figures and signs around it. */
    private static boolean isCommon(String text) {
        var joined = text.replaceAll("[\\s_.-]+", "");
        var word = joined.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
        var forms = new HashSet<>(List.of(text, joined));
        if (joined.length() - word.length() <= MOST_AROUND) forms.add(word);
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PasswordPolicy.class.getResourceAsStream(COMMON)), StandardCharsets.UTF_8))) {
            return lines.lines().anyMatch(forms::contains);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> givenAway(String name, String email) {
        var words = name + " " + email.substring(0, Math.max(0, email.lastIndexOf('@')));
        return Stream.concat(
                Stream.of(PRODUCT, email).filter(word -> !word.isEmpty()),
                Arrays.stream(words.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}\\p{N}]+", -1))
                        .filter(word -> word.length() >= SHORTEST_WORD));
    }

    private static Optional<Flaw> refuse(String message) {
        return Optional.of(new Flaw("password", message));
    }
}
