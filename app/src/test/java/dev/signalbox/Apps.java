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
}
