// A web server of nothing but Node. Answers on $PORT, and leaves without dropping a request.
import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 8080);

const pages = {
    '/': () => ({ type: 'text/html', body: '<!doctype html><title>Hello</title><h1>Hello from Node</h1>\n' }),
    '/health': () => ({ type: 'application/json', body: '{"status":"ok"}\n' }),
};

const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const page = pages[pathname];
    if (!page) {
        response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
        return;
    }
    const { type, body } = page();
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
});

server.listen(port, () => console.log(`Listening on port ${port}`));

// A new version is live when this arrives: answer what is under way, take nothing new, then go.
process.once('SIGTERM', () => {
    console.log('SIGTERM: finishing open requests');
    server.close(() => {
        console.log('All requests are answered, goodbye');
        process.exit(0);
    });
    server.closeIdleConnections();
});
