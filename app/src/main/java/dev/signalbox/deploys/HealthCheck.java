package dev.signalbox.deploys;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How it is found out whether a process is well. What is null is as it is for everybody.
 *
 * @param path what is asked for over HTTP
 * @param status what must be answered; null takes any below 500
 * @param host the Host header; null sends the address
 * @param startSeconds it may take so long to be well for the first time, or has to stay up for so long
 * @param everySeconds how often it is looked at while it runs
 * @param timeoutSeconds an answer may take so long
 * @param tries so often in a row it has to go wrong
 */
public record HealthCheck(
        Kind kind,
        String path,
        @Nullable Integer status,
        @Nullable String host,
        @Nullable Integer startSeconds,
        @Nullable Integer everySeconds,
        @Nullable Integer timeoutSeconds,
        @Nullable Integer tries) {
    public static final String ROOT = "/";
    public static final String PATH_RULE = "Start it with / and use letters, digits and . _ ~ - / with an optional"
            + " ?name=value, at most 200 characters. For example /health";
    public static final String HOST_RULE = "Use a host name such as shop.example.com.";
    public static final int LONGEST_START = 3_600;
    public static final int LONGEST_PAUSE = 300;
    public static final int LONGEST_ANSWER = 60;
    public static final int MOST_TRIES = 20;
    static final int USUAL_TRIES = 3;

    private static final int LONGEST_PATH = 200;
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/-]*(\\?[A-Za-z0-9._~/=&-]*)?");
    private static final Pattern STEP_UP = Pattern.compile("(^|/)\\.\\.?(/|\\?|$)");
    private static final Pattern HOST =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int FIRST_ERROR = 500;
    /** What a router answers for an app that is not there. */
    private static final int BAD_GATEWAY = 502;

    private static final int GATEWAY_TIMEOUT = 504;

    public HealthCheck {
        if (!isPath(path)) throw new IllegalArgumentException("not a path for a health check");
        if (host != null && !isHost(host)) throw new IllegalArgumentException("not a host for a health check");
    }

    /** In which way it is looked at. */
    public enum Kind {
        /** It is asked for a path, and must answer. */
        HTTP,
        /** It must accept connections. */
        TCP,
        /** It must go on running. */
        UP;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is done where nobody set anything else. */
    static HealthCheck usual(Kind kind) {
        return new HealthCheck(kind, ROOT, null, null, null, null, null, null);
    }

    /** Asked for as it stands, so that nothing in it may mean anything else to anybody. */
    public static boolean isPath(String text) {
        return text.length() <= LONGEST_PATH
                && PATH.matcher(text).matches()
                && !STEP_UP.matcher(text).find();
    }

    public static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    boolean isGood(int answered) {
        return status == null ? answered < FIRST_ERROR : answered == status;
    }

    /** What is asked for through the router, where everything that is not HTTP has only to be there. */
    String pathThroughRouter() {
        return kind == Kind.HTTP ? path : ROOT;
    }

    /** What wants to be asked under another host cannot be asked that way there. */
    boolean isGoodThroughRouter(int answered) {
        if (kind == Kind.HTTP && host == null) return isGood(answered);
        return answered < BAD_GATEWAY || answered > GATEWAY_TIMEOUT;
    }

    Duration start(Duration usual) {
        return startSeconds == null ? usual : Duration.ofSeconds(startSeconds);
    }

    Duration every(Duration usual) {
        return everySeconds == null ? usual : Duration.ofSeconds(everySeconds);
    }

    Duration answer() {
        return timeoutSeconds == null ? ANSWER : Duration.ofSeconds(timeoutSeconds);
    }

    int triesBeforeUnwell() {
        return tries == null ? USUAL_TRIES : tries;
    }
}
