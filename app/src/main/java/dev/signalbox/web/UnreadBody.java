package dev.signalbox.web;

import io.javalin.http.Context;
import java.io.IOException;

/**
 * What a visitor still sends to a request that was answered without it. A connection closed under a sender is reset, and
 * takes the answer along before it was read; so a body of a bearable size is read to its end first.
 */
final class UnreadBody {
    private static final int BEARABLE = 1024 * 1024;

    private UnreadBody() {}

    static void drop(Context ctx) {
        // Who asks first whether to send has sent nothing yet, and will see the answer.
        if (ctx.header("Expect") != null) return;
        try {
            var rest = ctx.req().getInputStream();
            rest.skip(BEARABLE);
        } catch (IOException e) {
            // The sender is gone, or sends nonsense: nobody waits for the answer.
            ctx.header("Connection", "close");
        }
    }
}
