package dev.signalbox.web;

import java.util.Optional;

/** Whole numbers as they stand in addresses, forms and headers: no more digits than surely fit. */
final class Digits {
    static final long LARGEST = 999_999_999_999_999_999L;

    private Digits() {}

    /** Empty when it is anything else than 1 to 18 digits. */
    static Optional<Long> number(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
