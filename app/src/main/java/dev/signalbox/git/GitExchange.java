package dev.signalbox.git;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** One HTTP request under {@code /git/<project>/<service>.git/} and its answer. */
public interface GitExchange {
    String method();

    /** As it stands in the URL, checked by nobody. */
    String project();

    /** As it stands in the URL, checked by nobody; a trailing {@code .git} is taken off here. */
    String service();

    /** What follows the repository: {@code info/refs}, {@code git-receive-pack} or {@code git-upload-pack}. */
    String action();

    Optional<String> query(String name);

    Optional<String> header(String name);

    /** The bytes as they came; a {@code Content-Encoding} is dealt with here. */
    InputStream body();

    /** Set before the first byte of {@link #output}, as is every header. */
    void status(int code);

    void header(String name, String value);

    /** Flushing it must reach the client at once: people watch it. */
    OutputStream output();

    /** Where the panel answers, without a slash at the end. */
    String panelUrl();

    Optional<String> clientAddress();
}
