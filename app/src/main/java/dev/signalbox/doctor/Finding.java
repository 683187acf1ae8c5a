package dev.signalbox.doctor;

import java.util.regex.Pattern;

/**
 * What a check found.
 *
 * @param sentence how it is
 * @param fix what to do; empty where nothing is to be done
 */
record Finding(Verdict verdict, String sentence, String fix) {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    /** What it quotes may have been named by anybody, and must not steer the terminal that shows it. */
    Finding {
        sentence = printable(sentence);
        fix = printable(fix);
    }

    private static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }

    enum Verdict {
        OK("ok"),
        /** It works, and is not as it should be. */
        WARN("warn"),
        FAIL("fail");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Finding ok(String sentence) {
        return new Finding(Verdict.OK, sentence, "");
    }

    static Finding warn(String sentence, String fix) {
        return new Finding(Verdict.WARN, sentence, fix);
    }

    static Finding fail(String sentence, String fix) {
        return new Finding(Verdict.FAIL, sentence, fix);
    }
}
