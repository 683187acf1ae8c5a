package dev.signalbox.web;

import dev.signalbox.accounts.People;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/**
 * Where every request comes in first: it gets its number and the headers of its answer; what is not for the panel gets the
 * page for apps, and until somebody owns this machine there is nothing to be had but the way to own it.
 */
final class Reception {
    private static final String ERROR_PAGES = "/_signalbox/error/";
    private static final String SETUP = "/setup";
    private static final Problem SETUP_PENDING = new Problem(
            503,
            "setup_pending",
            "Nobody has set up this machine yet. For the link that does: sudo signalbox setup-token",
            null,
            null);

    private final Hosts hosts;
    private final EdgePages edge;
    private final People people;
    private final Answers answers;

    Reception(Hosts hosts, EdgePages edge, People people, Answers answers) {
        this.hosts = hosts;
        this.edge = edge;
        this.people = people;
        this.answers = answers;
    }

    void receive(Context ctx, String requestId) {
        Arrival.note(ctx, requestId);
        ctx.header("X-Request-Id", requestId);
        SecurityHeaders.common().forEach(ctx::header);
        if (ctx.path().startsWith(ERROR_PAGES)) return;
        if (!hosts.isPanel(ctx.header("Host"))) {
            edge.nothingHere(ctx);
            ctx.skipRemainingHandlers();
        } else if (!people.isSetUp() && !isOpenBeforeSetUp(ctx.path())) {
            if (ctx.path().startsWith("/api/") || !EdgePages.wantsHtml(ctx)) throw new Refusal(SETUP_PENDING);
            answers.show(ctx, SetupPages.pending());
            ctx.skipRemainingHandlers();
        } else if (ctx.method().equals(HandlerType.POST) && !hasBodyOfItsOwn(ctx.path())) {
            Forms.check(ctx);
        }
    }

    private static boolean hasBodyOfItsOwn(String path) {
        return path.startsWith("/api/") || path.startsWith("/git/");
    }

    private static boolean isOpenBeforeSetUp(String path) {
        return path.equals("/health")
                || path.startsWith(Assets.FOLDER)
                || path.equals(SETUP)
                || path.startsWith(SETUP + "/");
    }
}
