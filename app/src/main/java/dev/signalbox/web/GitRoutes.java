package dev.signalbox.web;

import dev.signalbox.git.GitExchange;
import dev.signalbox.git.GitRemote;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Hands the requests of git clients to the remote, with their streams as they are. */
final class GitRoutes {
    private static final String REPOSITORY = "/git/{project}/{service}";

    private final GitRemote remote;
    private final Gate gate;
    private final WebSettings settings;

    GitRoutes(GitRemote remote, Gate gate, WebSettings settings) {
        this.remote = remote;
        this.gate = gate;
        this.settings = settings;
    }

    List<OpenRoute> open() {
        return List.of(
                route(Verb.GET, "info/refs"),
                route(Verb.POST, "git-upload-pack"),
                route(Verb.POST, "git-receive-pack"));
    }

    private OpenRoute route(Verb verb, String action) {
        return new OpenRoute(
                List.of(verb),
                REPOSITORY + "/" + action,
                "the remote asks git clients for their token itself, in the way that they understand",
                ctx -> serve(ctx, action));
    }

    private void serve(Context ctx, String action) throws IOException {
        gate.countVisitor(settings.gitLimit(), ctx);
        remote.serve(new Exchange(ctx, action));
    }

    private record Exchange(Context ctx, String action) implements GitExchange {
        @Override
        public String method() {
            return ctx.req().getMethod();
        }

        @Override
        public String project() {
            return ctx.pathParam("project");
        }

        @Override
        public String service() {
            return ctx.pathParam("service");
        }

        @Override
        public Optional<String> query(String name) {
            return Optional.ofNullable(ctx.queryParam(name));
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(ctx.header(name));
        }

        @Override
        public InputStream body() {
            try {
                return ctx.req().getInputStream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void status(int code) {
            ctx.res().setStatus(code);
        }

        @Override
        public void header(String name, String value) {
            ctx.res().setHeader(name, value);
        }

        @Override
        public OutputStream output() {
            try {
                return ctx.res().getOutputStream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String panelUrl() {
            return Arrival.origin(ctx);
        }

        @Override
        public Optional<String> clientAddress() {
            return Optional.of(Arrival.of(ctx).address());
        }
    }
}
