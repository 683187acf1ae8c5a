package dev.signalbox.routing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Traefik's dynamic configuration as far as it is used here; the components are named as Traefik names them. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record TraefikConfiguration(@Nullable Http http, @Nullable Tls tls) {
    static final String WEB = "web";
    static final String WEB_SECURE = "websecure";

    /** A service of Traefik's own that answers 418 and nothing else. */
    static final String TEAPOT = "noop@internal";

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Http(
            Map<String, Router> routers,
            Map<String, Middleware> middlewares,
            Map<String, Service> services,
            Map<String, Transport> serversTransports) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Router(
            String rule,
            List<String> entryPoints,
            int priority,
            List<String> middlewares,
            String service,
            @Nullable Observability observability) {}

    record Observability(boolean accessLogs, boolean metrics, boolean tracing) {
        static final Observability NONE = new Observability(false, false, false);
        static final Observability NO_ACCESS_LOG = new Observability(false, true, true);
    }

    /** Exactly one of its components is set. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Middleware(
            @Nullable Retry retry,
            @Nullable Errors errors,
            @Nullable Headers headers,
            @Nullable ReplacePath replacePath,
            @Nullable RedirectRegex redirectRegex) {
        static Middleware of(Retry retry) {
            return new Middleware(retry, null, null, null, null);
        }

        static Middleware of(Errors errors) {
            return new Middleware(null, errors, null, null, null);
        }

        static Middleware of(Headers headers) {
            return new Middleware(null, null, headers, null, null);
        }

        static Middleware of(ReplacePath replacePath) {
            return new Middleware(null, null, null, replacePath, null);
        }

        static Middleware of(RedirectRegex redirectRegex) {
            return new Middleware(null, null, null, null, redirectRegex);
        }
    }

    record Retry(int attempts, String initialInterval) {}

    record Errors(List<String> status, String service, String query) {}

    /** An empty value removes the header. */
    record Headers(Map<String, String> customRequestHeaders) {}

    record ReplacePath(String path) {}

    record RedirectRegex(String regex, String replacement) {}

    record Service(LoadBalancer loadBalancer) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record LoadBalancer(List<Server> servers, @Nullable Sticky sticky, String serversTransport) {}

    record Sticky(Cookie cookie) {}

    record Cookie(String name, boolean httpOnly, String sameSite) {}

    record Server(String url) {}

    record Transport(int maxIdleConnsPerHost, ForwardingTimeouts forwardingTimeouts) {}

    record ForwardingTimeouts(String dialTimeout, String idleConnTimeout) {}

    record Tls(Map<String, Store> stores) {}

    record Store(Certificate defaultCertificate) {}

    /** Both in PEM. */
    record Certificate(String certFile, String keyFile) {
        @Override
        public String toString() {
            return "Certificate[***]";
        }
    }
}
