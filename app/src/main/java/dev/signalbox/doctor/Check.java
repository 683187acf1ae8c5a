package dev.signalbox.doctor;

import java.io.IOException;

/** Looks at one thing that has to be so. */
interface Check {
    /** What it looks at, in a word or two. */
    String subject();

    Finding examine() throws IOException;
}
