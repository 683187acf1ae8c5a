package dev.signalbox.web;

import dev.signalbox.space.Space;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every no and every failure into its answer: the one envelope for programs, a page or a line for people. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private static final int LONGEST_PATH = 200;

    private final EdgePages pages;
    private final Answers answers;
    private final Clock clock;

    Problems(EdgePages pages, Answers answers, Clock clock) {
        this.pages = pages;
        this.answers = answers;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.exception(Refusal.class, (e, ctx) -> answer(ctx, e.problem()));
        routes.exception(MethodNotAllowedResponse.class, (e, ctx) -> {
            ctx.header("Allow", Objects.requireNonNullElse(e.getDetails().get("availableMethods"), ""));
            answer(ctx, Problem.of(405, "method_not_allowed", "This address does not take " + ctx.method() + "."));
        });
        routes.exception(HttpResponseException.class, (e, ctx) -> answer(ctx, ofStatus(e.getStatus())));
        routes.exception(Exception.class, (e, ctx) -> {
            if (Space.isFull(e)) {
                LOG.warn("{} {} was refused: the disk is full", ctx.method(), ctx.path());
                answer(ctx, Problem.DISK_FULL);
                return;
            }
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
        UnreadBody.drop(ctx);
        var retryAfter = problem.retryAfter();
        if (retryAfter != null) ctx.header("Retry-After", Long.toString(retryAfter.toSeconds()));
        if (ctx.path().startsWith("/api/")) say(ctx, problem);
        else if (EdgePages.wantsHtml(ctx)) answers.show(ctx, page(ctx, problem));
        else if (problem.status() == 404) pages.nothingHere(ctx);
        else say(ctx, problem);
    }

    /**
     * The page.
     *
     * @param path what was asked for, where nothing is there
     * @param request its id; empty where the answer must be the same for all
     * @param time when it was
     */
    record ProblemPage(String heading, String message, String path, String request, String time) {}

    private Reply.View page(Context ctx, Problem problem) {
        var path = problem.status() == 404 ? shown(ctx.path()) : "";
        var request = problem.status() == 404 ? "" : Arrival.of(ctx).id();
        var message = problem.status() == 404
                ? "Either it does not exist, or it belongs to a team you are not in. We answer both the same way."
                : problem.message();
        var heading = heading(problem.status());
        var page = new ProblemPage(heading, message, path, request, Moment.time(clock.instant()));
        return Reply.view("problem", page, Place.outside(heading)).status(problem.status());
    }

    private static String shown(String path) {
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH - 1) + "…";
    }

    private static String heading(int status) {
        return switch (status) {
            case 401 -> "You are signed out";
            case 403 -> "That is not for you";
            case 404 -> "Nothing at this address";
            case 405 -> "Not in this way";
            case 409 -> "That does not go now";
            case 413, 415, 422 -> "That was not understood";
            case 429 -> "A little slower, please";
            case 503 -> "There is no room";
            default -> status < 500 ? "That was refused" : "Something went wrong";
        };
    }

    private static void say(Context ctx, Problem problem) {
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
