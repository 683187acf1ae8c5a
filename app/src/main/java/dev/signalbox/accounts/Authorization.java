package dev.signalbox.accounts;

import dev.signalbox.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** The token that came in a request's {@code Authorization} header: it can be presented, and not be read back. */
public final class Authorization {
    private final Secret token;

    private Authorization(String token) {
        this.token = new Secret(token);
    }

    /** From {@code Bearer <token>}, or {@code Basic} with any user name and the token as password. */
    public static Optional<Authorization> parse(String header) {
        var words = header.strip().split(" +", 2);
        if (words.length < 2) return Optional.empty();
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> Optional.of(new Authorization(words[1]));
            case "basic" -> password(words[1]).map(Authorization::new);
            default -> Optional.empty();
        };
    }

    private static Optional<String> password(String credentials) {
        try {
            var pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Secret token() {
        return token;
    }
}
