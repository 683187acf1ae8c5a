package dev.signalbox;

import java.util.Map;

/** Small apps that tests push. */
final class Apps {
    private Apps() {}

    /** Answers its version, at {@code /slow} after three seconds; ends its requests on SIGTERM and says so. */
    static Map<String, String> node(String version) {
        return Map.of("package.json", """
                {"name": "app", "private": true, "scripts": {"start": "node server.js"}}
                """, "server.js", """
                const http = require('http');
                const server = http.createServer((request, response) => {
                  request.resume();
                  const answer = () => response.end('%s');
                  request.on('end', () => request.url === '/slow' ? setTimeout(answer, 3000) : answer());
                });
                server.listen(process.env.PORT, () => console.log('listening on ' + process.env.PORT));
                process.on('SIGTERM', () => {
                  console.log('SIGTERM: ending ' + server.connections);
                  server.close(() => process.exit(0));
                });
                """.formatted(version));
    }

    /** Prints 10,000 numbered lines a second, and answers how long it was ever kept from doing so, in milliseconds. */
    static Map<String, String> chatty() {
        return Map.of("package.json", """
                {"name": "app", "private": true, "scripts": {"start": "node server.js"}}
                """, "server.js", """
                const http = require('http');
                let line = 0, longest = 0, last = Date.now();
                setInterval(() => {
                  longest = Math.max(longest, Date.now() - last);
                  let text = '';
                  for (const until = line + 10 * (Date.now() - last); line < until; line++) text += 'line ' + line + '\\n';
                  last = Date.now();
                  process.stdout.write(text);
                }, 10);
                http.createServer((request, response) => {
                  response.end(line + ' ' + longest);
                  longest = 0;
                }).listen(process.env.PORT);
                process.on('SIGTERM', () => process.exit(0));
                """);
    }

    /** Answers the value of a variable. */
    static Map<String, String> saying(String variable) {
        return server("const answer = String(process.env.%s)".formatted(variable));
    }

    /** Answers the value of a variable, and does not start without. */
    static Map<String, String> needing(String variable) {
        return server("""
                const answer = process.env.%1$s
                if (!answer) { console.error('%1$s is not set'); process.exit(3) }""".formatted(variable));
    }

    private static Map<String, String> server(String answer) {
        return Map.of("server.js", answer + """

                require('http').createServer((request, response) => response.end(answer)).listen(process.env.PORT)
                process.on('SIGTERM', () => process.exit(0))
                """, "package.json", """
                {"name": "app", "private": true, "scripts": {"start": "node server.js"}}
                """);
    }
}
