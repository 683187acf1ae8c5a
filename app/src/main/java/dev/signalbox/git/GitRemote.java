package dev.signalbox.git;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.Permission;
import dev.signalbox.git.Gate.Answer;
import dev.signalbox.projects.Projects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The remote people push to: git's smart HTTP protocol. JGit is loaded with the first request that gets through, so this
 * class does not mention it.
 */
public final class GitRemote {
    private static final String RECEIVE = "git-receive-pack";
    private static final String UPLOAD = "git-upload-pack";

    private final Repositories repositories;
    private final Gate gate;
    private final Projects projects;
    private final Claims claims;
    private final PushListener listener;
    private final GitLimits limits;
    private @Nullable Endpoints endpoints;

    public GitRemote(
            Repositories repositories,
            Accounts accounts,
            Projects projects,
            Audit audit,
            PushListener listener,
            GitLimits limits) {
        this.repositories = repositories;
        this.gate = new Gate(accounts, projects);
        this.projects = projects;
        this.claims = new Claims(projects, audit);
        this.listener = listener;
        this.limits = limits;
    }

    /** Answers one request under {@code /git/}. Of a push this takes as long as its deployment. */
    public void serve(GitExchange exchange) throws IOException {
        exchange.header("Cache-Control", "no-cache, max-age=0, must-revalidate");
        var call = call(exchange);
        // Who may not ask is told so before what there is to ask for.
        var permission = call.map(Call::permission).orElse(Permission.READ_SOURCE);
        switch (gate.admit(exchange, permission)) {
            case Answer.Denied(var status, var text) -> answer(exchange, status, text);
            case Answer.Admitted admitted -> {
                if (call.isPresent()) serve(exchange, call.get(), admitted);
                else answer(exchange, 404, "not_found: git asks for info/refs, git-receive-pack and git-upload-pack.");
            }
        }
    }

    private void serve(GitExchange exchange, Call call, Answer.Admitted admitted) throws IOException {
        if (!exchange.method().equals(call.method())) {
            exchange.header("Allow", call.method());
            answer(exchange, 405, "method_not_allowed: use " + call.method() + ".");
            return;
        }
        if (call.isPost()
                && !call.mediaType().equals(exchange.header("Content-Type").orElse(""))) {
            answer(exchange, 415, "media_type_unsupported: send " + call.mediaType() + ".");
            return;
        }
        exchange.status(200);
        try {
            switch (call) {
                case ADVERTISE_PUSH -> endpoints().push().advertise(exchange, admitted);
                case PUSH -> endpoints().push().receive(exchange, admitted);
                case ADVERTISE_FETCH -> endpoints().fetch().advertise(exchange, admitted);
                case FETCH -> endpoints().fetch().upload(exchange, admitted);
            }
        } catch (ZipException e) {
            answer(exchange, 400, "body_invalid: the body is not packed as its Content-Encoding says.");
        }
    }

    /** Plain text, which git prints behind {@code remote:}. */
    static void answer(GitExchange exchange, int status, String text) throws IOException {
        exchange.status(status);
        exchange.header("Content-Type", "text/plain; charset=utf-8");
        if (status == 401) exchange.header("WWW-Authenticate", "Basic realm=\"Signalbox: the password is a token\"");
        exchange.output().write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Call> call(GitExchange exchange) {
        return switch (exchange.action()) {
            case "info/refs" ->
                switch (exchange.query("service").orElse("")) {
                    case RECEIVE -> Optional.of(Call.ADVERTISE_PUSH);
                    case UPLOAD -> Optional.of(Call.ADVERTISE_FETCH);
                    default -> Optional.empty();
                };
            case RECEIVE -> Optional.of(Call.PUSH);
            case UPLOAD -> Optional.of(Call.FETCH);
            default -> Optional.empty();
        };
    }

    private synchronized Endpoints endpoints() {
        if (endpoints == null) {
            var store = repositories.store();
            var objects = new Semaphore(limits.objects(), true);
            var desk = new PushDesk(store, gate, projects, claims, listener, limits, objects);
            endpoints = new Endpoints(new PushEndpoint(desk), new FetchEndpoint(store, limits));
        }
        return endpoints;
    }

    private record Endpoints(PushEndpoint push, FetchEndpoint fetch) {}

    private enum Call {
        ADVERTISE_PUSH("GET", Permission.DEPLOY),
        PUSH("POST", Permission.DEPLOY),
        ADVERTISE_FETCH("GET", Permission.READ_SOURCE),
        FETCH("POST", Permission.READ_SOURCE);

        private final String method;
        private final Permission permission;

        Call(String method, Permission permission) {
            this.method = method;
            this.permission = permission;
        }

        String method() {
            return method;
        }

        Permission permission() {
            return permission;
        }

        boolean isPost() {
            return method.equals("POST");
        }

        String mediaType() {
            return "application/x-" + (this == PUSH ? RECEIVE : UPLOAD) + "-request";
        }
    }
}
