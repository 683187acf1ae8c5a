package dev.signalbox.deploys;

import java.util.HashMap;
import java.util.Map;

/** Small apps for Node, as files of a commit: a healthy one, and what others are made of. */
final class Apps {
    private static final String PACKAGE = "{\"name\": \"app\", \"scripts\": {\"start\": \"node server.js\"}}";

    private Apps() {}

    /** Answers with this text and how much was sent, after as many milliseconds as {@code ?after=} says. */
    static Map<String, String> saying(String text) {
        return node("""
                const server = require('http').createServer((request, response) => {
                    let length = 0;
                    request.on('data', chunk => length += chunk.length);
                    request.on('end', () => {
                        const after = new URL(request.url, 'http://app').searchParams.get('after') || 0;
                        setTimeout(() => response.end('%s ' + length), Number(after));
                    });
                });
                server.listen(process.env.PORT);
                process.on('SIGTERM', () => {
                    console.log('got SIGTERM');
                    server.close(() => process.exit(0));
                });
                """.formatted(text));
    }

    /** What {@link #saying} answers to a request without a body. */
    static String answer(String text) {
        return text + " 0";
    }

    static Map<String, String> node(String script) {
        return Map.of("package.json", PACKAGE, "server.js", script);
    }

    /** Answers every request with what this expression gives. */
    static Map<String, String> evaluating(String expression) {
        return node("""
                require('http').createServer((request, response) => response.end(String(%s)))
                    .listen(process.env.PORT);
                process.on('SIGTERM', () => process.exit(0));
                """.formatted(expression));
    }

    static Map<String, String> with(Map<String, String> files, String path, String text) {
        var more = new HashMap<>(files);
        more.put(path, text);
        return Map.copyOf(more);
    }
}
