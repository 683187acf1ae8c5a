package dev.signalbox.deploys;

import java.util.Map;

/** Ways in which a release can be unfit to take requests, and what people are told of each. */
enum Sickness {
    EXITS_AT_ONCE(
            """
            console.log('the database is not there');
            process.exit(3);
            """,
            "web\\.1 ended by itself with exit code 3, [0-9.]+ s after it started\\. Its last words: \"the database is not there\"\\."),
    NEVER_LISTENS("""
            setInterval(() => {}, 1000);
            """, "web\\.1 did not listen on port 8080 within 5\\.00 s\\. Listen on 0\\.0\\.0\\.0:\\$PORT\\."),
    LISTENS_ON_ANOTHER_PORT(
            """
            require('http').createServer((request, response) => response.end('here')).listen(4000);
            """, "It listens on 4000, PORT is 8080\\. Set the variable PORT to 4000, or listen on \\$PORT\\."),
    LISTENS_ON_LOOPBACK_ONLY(
            """
            require('http').createServer((request, response) => response.end('here'))
                .listen(process.env.PORT, '127.0.0.1');
            """,
            "web\\.1 listens on 127\\.0\\.0\\.1:8080, where nothing outside its container reaches it\\."
                    + " Listen on 0\\.0\\.0\\.0\\."),
    ANSWERS_500("""
            require('http').createServer((request, response) => response.writeHead(500).end('out of order'))
                .listen(process.env.PORT);
            """, "GET / answered 500 for 5\\.00 s\\. Its last lines may say why\\."),
    TAKES_TOO_MUCH_MEMORY(
            """
            const hoard = [];
            setInterval(() => hoard.push(Buffer.alloc(20 << 20, 1)), 5);
            """, "web\\.1 was killed: it needed more than its 96 MB of memory\\. Give it more, or let it use less\\."),
    DIES_WHEN_REQUESTS_COME(
            """
            let requests = 0;
            require('http').createServer((request, response) => {
                if (++requests < 3) return response.end('fine so far');
                console.log('that was one too many');
                process.exit(7);
            }).listen(process.env.PORT);
            """,
            "web\\.1 ended by itself with exit code 7, [0-9.]+ s after it started\\. Its last words: \"that was one too many\"\\."),
    ANSWERS_500_WHEN_REQUESTS_COME("""
            let requests = 0;
            require('http').createServer((request, response) => {
                response.writeHead(++requests < 3 ? 200 : 500).end();
            }).listen(process.env.PORT);
            """, "Through the router it answered 500 right after it went live\\.");

    static final long MEMORY = 96;

    private final String script;
    private final String reason;

    Sickness(String script, String reason) {
        this.script = script;
        this.reason = reason;
    }

    Map<String, String> app() {
        return Apps.node(script);
    }

    /** A pattern of the whole of what is said, when this is how things stand afterwards. */
    String reason(String standing) {
        return reason + " " + standing.replace(".", "\\.");
    }

    /** What the app printed last. */
    String lastLine() {
        return switch (this) {
            case EXITS_AT_ONCE -> "the database is not there";
            case DIES_WHEN_REQUESTS_COME -> "that was one too many";
            default -> "";
        };
    }
}
