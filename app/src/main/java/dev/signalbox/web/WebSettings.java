package dev.signalbox.web;

import dev.signalbox.web.RateLimits.Limit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an operator can set about the HTTP interface.
 *
 * @param port on 127.0.0.1; 0 takes a free one
 * @param panelHost the panel's own name; null while it has none
 * @param visitorRequests in 15 minutes from one address, without a good token
 * @param tokenRequests in 15 minutes with one token
 * @param sessionRequests in 15 minutes of one session: a page that is watched asks for its fragments again and again
 * @param gitRequests in 15 minutes from one address to the git remote
 * @param healthRequests in one minute from one address
 * @param streamsPerCaller live logs that one person, or one token of the team, may follow at once
 * @param streams live logs that may be followed at once
 */
public record WebSettings(
        int port,
        @Nullable String panelHost,
        int visitorRequests,
        int tokenRequests,
        int sessionRequests,
        int gitRequests,
        int healthRequests,
        int streamsPerCaller,
        int streams) {
    private static final Duration QUARTER = Duration.ofMinutes(15);

    public static WebSettings defaults(int port, @Nullable String panelHost) {
        return new WebSettings(port, panelHost, 100, 1_200, 12_000, 1_200, 600, 20, 500);
    }

    Limit visitorLimit() {
        return new Limit("visitor", visitorRequests, QUARTER);
    }

    Limit tokenLimit() {
        return new Limit("token", tokenRequests, QUARTER);
    }

    Limit sessionLimit() {
        return new Limit("session", sessionRequests, QUARTER);
    }

    Limit gitLimit() {
        return new Limit("git", gitRequests, QUARTER);
    }

    Limit healthLimit() {
        return new Limit("health", healthRequests, Duration.ofMinutes(1));
    }
}
