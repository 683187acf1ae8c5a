package dev.signalbox.web;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes tables as comma-separated values (RFC 4180) that no program takes for formulas. */
final class Csv {
    private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private Csv() {}

    static String line(@Nullable String... cells) {
        return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    /** A cell that begins as a formula does gets an apostrophe before it, which makes it a text. */
    private static String cell(@Nullable String text) {
        if (text == null || text.isEmpty()) return "";
        var plain = FORMULA.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return "\"" + plain.replace("\"", "\"\"") + "\"";
    }
}
