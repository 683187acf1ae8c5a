package dev.signalbox.routing;

import org.jspecify.annotations.Nullable;

/** The proxy did not do as it was told; requests go where they went before. The message is for a person. */
public final class RoutingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RoutingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    RoutingException(String message) {
        this(message, null);
    }
}
