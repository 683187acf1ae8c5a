package dev.signalbox.web;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The files that pages load: a closed list of names, each read when it is first needed. */
final class Assets {
    static final String FOLDER = "/static/";
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml; charset=utf-8");
    private static final Set<String> NAMES =
            Set.of("signalbox.css", "signalbox.js", "htmx.js", "sse.js", "icons.svg", "favicon.svg");
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";

    private final Map<String, Asset> loaded = new ConcurrentHashMap<>();

    List<OpenRoute> open() {
        return List.of(OpenRoute.get(
                FOLDER + "{name}",
                "what every page loads; the same on every machine, and kept in memory",
                this::serve));
    }

    /** The addresses of all files. */
    Map<String, String> urls() {
        return NAMES.stream().collect(Collectors.toUnmodifiableMap(name -> name, this::url));
    }

    /** The address of a file; another one as soon as the file says something else. */
    String url(String name) {
        return FOLDER + name + "?v=" + require(name).version();
    }

    private void serve(Context ctx) {
        var name = ctx.pathParam("name");
        if (!NAMES.contains(name)) throw new Refusal(Problem.NOT_FOUND);
        var asset = require(name);
        var packed = acceptsGzip(ctx);
        var tag = '"' + asset.version() + (packed ? "-gzip\"" : "\"");
        ctx.header("Cache-Control", asset.version().equals(ctx.queryParam("v")) ? FOR_EVER : ASK_AGAIN);
        ctx.header("Vary", "Accept-Encoding");
        ctx.header("ETag", tag);
        if (tag.equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
            return;
        }
        if (packed) ctx.header("Content-Encoding", "gzip");
        var bytes = packed ? asset.packed() : asset.plain();
        ctx.header("Content-Length", Integer.toString(bytes.length));
        ctx.contentType(mediaType(name)).result(bytes);
    }

    private Asset require(String name) {
        if (!NAMES.contains(name)) throw new IllegalArgumentException("no page loads " + name);
        return loaded.computeIfAbsent(name, known -> Asset.load(FOLDER + known));
    }

    private static String mediaType(String name) {
        return Objects.requireNonNull(MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1)), name);
    }

    private static boolean acceptsGzip(Context ctx) {
        var accepted = Optional.ofNullable(ctx.header("Accept-Encoding")).orElse("");
        return List.of(accepted.split(",")).stream()
                .map(coding -> coding.replace(" ", ""))
                .anyMatch(coding -> coding.equals("gzip") || coding.matches("gzip;q=(1|0\\.[0-9]*[1-9]).*"));
    }
}
