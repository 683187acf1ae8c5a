package dev.signalbox.web;

/** An answer that has an address of its own, which goes into the {@code Location} header when it was just made. */
interface Located {
    String self();
}
