package dev.signalbox.web;

import java.util.Map;

/** The headers that every answer carries, whoever writes it. */
final class SecurityHeaders {
    static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

    /** For pages of the panel: everything comes from here, nothing is inline, nobody frames it. */
    static final String PANEL_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
            + "frame-ancestors 'none'";

    private static final Map<String, String> COMMON = Map.of(
            CONTENT_SECURITY_POLICY,
            PANEL_POLICY,
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
            "Cache-Control",
            "no-store");

    private SecurityHeaders() {}

    static Map<String, String> common() {
        return COMMON;
    }

    /** For a page that carries its own stylesheet, because it is shown on hosts where every other path is an app's. */
    static String selfContainedPolicy(String styleHash) {
        return "default-src 'none'; style-src '" + styleHash + "'; img-src data:; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'";
    }
}
