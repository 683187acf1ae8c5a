package dev.signalbox.web;

/**
 * Where an app answers.
 *
 * @param text the same without what every address has
 */
record Address(String url, String text) {
    static Address of(String url) {
        return new Address(url, url.replaceFirst("^https?://", "").replaceFirst("/$", ""));
    }
}
