package dev.signalbox.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every no and every failure into its answer: the one envelope for programs, a page or a line for people. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private final EdgePages pages;

    Problems(EdgePages pages) {
        this.pages = pages;
    }

    void register(RoutesConfig routes) {
        routes.exception(Refusal.class, (e, ctx) -> answer(ctx, e.problem()));
        routes.exception(MethodNotAllowedResponse.class, (e, ctx) -> {
            ctx.header("Allow", Objects.requireNonNullElse(e.getDetails().get("availableMethods"), ""));
            answer(ctx, Problem.of(405, "method_not_allowed", "This address does not take " + ctx.method() + "."));
        });
        routes.exception(HttpResponseException.class, (e, ctx) -> answer(ctx, ofStatus(e.getStatus())));
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error(
                    "{} {} failed, request {}",
                    ctx.method(),
                    ctx.path(),
                    Arrival.of(ctx).id(),
                    e);
            answer(ctx, Problem.INTERNAL);
        });
    }

    private void answer(Context ctx, Problem problem) {
        if (ctx.res().isCommitted()) return;
        var retryAfter = problem.retryAfter();
        if (retryAfter != null) ctx.header("Retry-After", Long.toString(retryAfter.toSeconds()));
        if (problem.status() == 404 && !ctx.path().startsWith("/api/")) {
            pages.nothingHere(ctx);
            return;
        }
        ctx.status(problem.status())
                .contentType("application/json")
                .result(Json.write(Map.of("error", envelope(ctx, problem))));
    }

    /**
     * The request's id is in the header of every answer. A 404 does not repeat it: the answer to what is foreign and to what
     * does not exist is the same, byte for byte.
     */
    private static Map<String, Object> envelope(Context ctx, Problem problem) {
        var error = problem.fields();
        if (problem.status() != 404) error.put("request_id", Arrival.of(ctx).id());
        return error;
    }

    private static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> Problem.NOT_FOUND;
            case 413 -> Problem.of(413, "body_too_large", "The request is too large.");
            case 400 -> Problem.of(400, "request_malformed", "This is not a well-formed request.");
            default ->
                status < 500 ? Problem.of(status, "request_refused", "The request was refused.") : Problem.INTERNAL;
        };
    }
}
