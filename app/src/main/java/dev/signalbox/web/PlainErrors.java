package dev.signalbox.web;

import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what is refused before it reaches a route, such as a malformed request line, without a word about what runs here. */
final class PlainErrors extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        var headers = response.getHeaders();
        SecurityHeaders.common().forEach(headers::put);
        headers.put(HttpHeader.CONTENT_TYPE, "application/json");
        // Jetty closes it, and so a client must not send its next request there.
        headers.put(HttpHeader.CONNECTION, "close");
        Content.Sink.write(
                response, true, Json.write(Map.of("error", problem(code).fields())), callback);
    }

    private static Problem problem(int code) {
        return switch (code) {
            case 408 -> Problem.of(code, "request_timeout", "The request took too long to arrive.");
            case 414, 431 -> Problem.of(code, "headers_too_large", "The address or the headers are too long.");
            default ->
                code < 500
                        ? Problem.of(code, "request_malformed", "This is not a well-formed request.")
                        : Problem.INTERNAL;
        };
    }
}
