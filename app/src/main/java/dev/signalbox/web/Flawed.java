package dev.signalbox.web;

import dev.signalbox.accounts.Flaw;
import org.jspecify.annotations.Nullable;

/** A page whose form was refused, or can be: at every field stands what is wrong with it. */
interface Flawed {
    /** What was wrong with what was sent; null when nothing was. */
    @Nullable Flaw flaw();

    /** What is wrong with this field; null when nothing is. */
    default @Nullable String problem(String field) {
        var flaw = flaw();
        return flaw != null && flaw.field().equals(field) ? flaw.message() : null;
    }
}
