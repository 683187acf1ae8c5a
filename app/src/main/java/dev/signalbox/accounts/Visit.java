package dev.signalbox.accounts;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, for the list of sessions and the audit log.
 *
 * @param address the client's, as the router tells it
 * @param agent what the client calls itself; shortened, without characters that do not print
 */
public record Visit(String address, String agent, String requestId) {
    private static final int LONGEST_AGENT = 200;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]+");

    public Visit {
        var printable = UNPRINTABLE.matcher(agent).replaceAll(" ").strip();
        agent = printable.length() <= LONGEST_AGENT ? printable : printable.substring(0, LONGEST_AGENT - 1) + "…";
    }

    Act act(@Nullable TeamScope team, String actor, String action, String object, @Nullable String detail) {
        return new Act(team, actor, action, object, Outcome.DONE, address, requestId, detail);
    }

    Act refused(@Nullable TeamScope team, String actor, String action, String object, @Nullable String detail) {
        return new Act(team, actor, action, object, Outcome.REFUSED, address, requestId, detail);
    }
}
