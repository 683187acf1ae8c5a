package dev.signalbox.web;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells by the {@code Host} header whether a request is for the panel. Every other name may be an app's, or was one, and
 * gets a page that says so.
 */
final class Hosts {
    private static final int LONGEST = 260;
    private static final Pattern IPV4 = Pattern.compile(
            "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}");

    private final @Nullable String panelHost;

    Hosts(@Nullable String panelHost) {
        this.panelHost = panelHost == null ? null : panelHost.toLowerCase(Locale.ROOT);
    }

    boolean isPanel(@Nullable String header) {
        var name = name(header);
        return name.equals("localhost")
                || name.equals(panelHost)
                || IPV4.matcher(name).matches()
                || IPV6.matcher(name).matches();
    }

    /** The name in it, in small letters and without its port; empty when it can be none. */
    static String name(@Nullable String header) {
        if (header == null || header.length() > LONGEST) return "";
        return withoutPort(header.toLowerCase(Locale.ROOT));
    }

    private static String withoutPort(String host) {
        var colon = host.lastIndexOf(':');
        return colon > 0 && PORT.matcher(host.substring(colon)).matches() ? host.substring(0, colon) : host;
    }
}
