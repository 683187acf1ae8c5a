package dev.signalbox.web;

/** Numbers of things as people read them. */
final class Sizes {
    private Sizes() {}

    /** 1 service, 2 services. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
