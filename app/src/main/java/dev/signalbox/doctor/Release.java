package dev.signalbox.doctor;

import java.util.Comparator;
import java.util.regex.Pattern;

/** A version number, as far as it can be compared: what a distribution adds to it is left out. */
record Release(int major, int minor, int patch) implements Comparable<Release> {
    private static final Pattern FORM = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?.*");
    private static final Comparator<Release> ORDER = Comparator.comparingInt(Release::major)
            .thenComparingInt(Release::minor)
            .thenComparingInt(Release::patch);

    /** What cannot be read is older than everything. */
    static Release of(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) return new Release(0, 0, 0);
        return new Release(
                number(parts.group(1)), number(parts.group(2)), parts.group(3) == null ? 0 : number(parts.group(3)));
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    boolean isBefore(Release other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Release other) {
        return ORDER.compare(this, other);
    }
}
