package dev.signalbox.web;

import java.util.List;

/** What people call the browser that a long line of its own describes. */
final class BrowserName {
    private static final List<Known> BROWSERS = List.of(
            new Known("Edg", "Edge"),
            new Known("OPR/", "Opera"),
            new Known("Firefox/", "Firefox"),
            new Known("FxiOS/", "Firefox"),
            new Known("Chromium/", "Chromium"),
            new Known("Chrome/", "Chrome"),
            new Known("CriOS/", "Chrome"),
            new Known("Safari/", "Safari"));
    private static final List<Known> SYSTEMS = List.of(
            new Known("Android", "Android"),
            new Known("iPhone", "iPhone"),
            new Known("iPad", "iPad"),
            new Known("Windows", "Windows"),
            new Known("Mac OS X", "macOS"),
            new Known("CrOS", "ChromeOS"),
            new Known("Linux", "Linux"));

    private BrowserName() {}

    private record Known(String sign, String name) {}

    /** Firefox on Linux; what nobody knows stays as it is. */
    static String of(String agent) {
        if (agent.isBlank()) return "A browser that says nothing of itself";
        var browser = name(BROWSERS, agent);
        if (browser.isEmpty()) return agent;
        var system = name(SYSTEMS, agent);
        return system.isEmpty() ? browser : browser + " on " + system;
    }

    private static String name(List<Known> among, String agent) {
        return among.stream()
                .filter(known -> agent.contains(known.sign()))
                .map(Known::name)
                .findFirst()
                .orElse("");
    }
}
