package dev.signalbox.web;

import static java.util.Map.entry;

import dev.signalbox.accounts.Audit.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit log in words that people read.
 *
 * @param text what was done, or asked for
 * @param names of variables and the like, as they are
 * @param more what else is known; empty when nothing is
 * @param on what it was done to; empty where that goes without saying
 */
record AuditSentence(String text, List<String> names, String more, String on) {
    private static final Map<String, Deed> DEEDS = Map.ofEntries(
            entry("projects.create", new Deed("Made a project", "make a project")),
            entry("projects.rename", new Deed("Renamed a project", "rename a project")),
            entry("projects.delete", new Deed("Deleted a project", "delete a project")),
            entry("project.create", new Deed("Made a project", "make a project")),
            entry("environments.create", new Deed("Made an environment", "make an environment")),
            entry("environments.delete", new Deed("Deleted an environment", "delete an environment")),
            entry("services.create", new Deed("Made a service", "make a service")),
            entry("services.rename", new Deed("Renamed a service", "rename a service")),
            entry("services.change-overlap", new Deed("Overlap of releases:", "change the overlap of releases")),
            entry("services.delete", new Deed("Deleted a service", "delete a service")),
            entry("service.create", new Deed("Made a service", "make a service")),
            entry("variables.list", new Deed("Read the list of variables", "read the list of variables")),
            entry("variables.replace", new Deed("Set all variables:", "set all variables")),
            entry("variables.change", new Deed("Changed", "change")),
            entry("variables.delete", new Deed("Removed", "remove")),
            entry("variables.reveal", new Deed("Revealed", "reveal")),
            entry("deployments.create", new Deed("Deployed again", "deploy")),
            entry("deployments.cancel", new Deed("Cancelled a deployment", "cancel a deployment")),
            entry("processes.change", new Deed("Set a process:", "set a process")),
            entry("tokens.create", new Deed("Made a token", "make a token")),
            entry("tokens.list", new Deed("Read the list of tokens", "read the list of tokens")),
            entry("tokens.revoke", new Deed("Revoked a token", "revoke a token")),
            entry("setup.token", new Deed("Printed a set-up link", "print a set-up link")),
            entry("setup.complete", new Deed("Set up this machine", "set up this machine")),
            entry("sessions.sign-in", new Deed("Signed in", "sign in", true)),
            entry("sessions.sign-out", new Deed("Signed out", "sign out")),
            entry("sessions.confirm", new Deed("Gave the password again", "give the password again", true)),
            entry("sessions.end", new Deed("Ended a session", "end a session")),
            entry("sessions.end-others", new Deed("Signed out everywhere else", "sign out everywhere else")),
            entry("people.rename", new Deed("Took another name", "take another name")),
            entry("people.change-password", new Deed("Changed their password", "change their password")),
            entry("people.reset-password", new Deed("Gave the owner a new password", "give the owner a new password")),
            entry("members.change-role", new Deed("Changed a role", "change a role")),
            entry("members.remove", new Deed("Took somebody out of the team", "take somebody out of the team")),
            entry("members.remove.page", new Deed("Looked at a member", "take somebody out of the team")),
            entry("invitations.create", new Deed("Invited somebody", "invite somebody")),
            entry("invitations.revoke", new Deed("Revoked an invitation", "revoke an invitation")),
            entry("invitations.use", new Deed("Joined the team", "join the team")),
            entry("audit.page", new Deed("Read the audit log", "read the audit log")),
            entry("audit.export", new Deed("Exported the audit log", "export the audit log")));
    private static final Map<String, String> REASONS = Map.of(
            "role_too_weak", "the role is too weak",
            "scope_missing", "the token was not made for it",
            "token_bound", "the token is for one service",
            "expiry_too_late", "it would outlive its maker",
            "csrf", "it did not come from our own page");
    private static final Pattern BY_BROWSER = Pattern.compile("sessions\\..*|setup\\.complete");
    private static final Pattern VARIABLE = Pattern.compile(".*/variables/([^/]+)/reveal");
    private static final Pattern IN_PROJECT = Pattern.compile("(?:/api/v1)?/projects/(?!new$)([^/]+)(/.*)?");
    private static final Pattern ENVIRONMENT = Pattern.compile(".*/environments/([^/]+).*");
    private static final Pattern SERVICE = Pattern.compile(".*/services/([^/]+).*");
    private static final Pattern OWN_ID = Pattern.compile("(ses|inv|tok)_[0-9a-z]+|/.*");

    AuditSentence {
        names = List.copyOf(names);
    }

    /**
     * An act in words.
     *
     * @param wish after "asked to" and "tried to"
     * @param isGuess whether a refusal means that it went wrong, and not that somebody may not
     */
    private record Deed(String done, String wish, boolean isGuess) {
        Deed(String done, String wish) {
            this(done, wish, false);
        }

        String text(String outcome) {
            return switch (outcome) {
                case "done" -> done;
                case "refused" -> (isGuess ? "Tried to " : "Asked to ") + wish;
                default -> "Tried to " + wish;
            };
        }
    }

    static AuditSentence of(Line line) {
        var deed = DEEDS.get(line.action());
        var text = deed == null ? line.action() : deed.text(line.outcome());
        var detail = Objects.requireNonNullElse(line.detail(), "");
        var names = names(line, detail);
        return new AuditSentence(text, names, names.isEmpty() ? more(line, detail) : "", on(line.object()));
    }

    private static List<String> names(Line line, String detail) {
        if (!line.action().startsWith("variables.")) return List.of();
        var named = VARIABLE.matcher(line.object());
        if (named.matches()) return List.of(named.group(1));
        if (!line.outcome().equals("done")) return List.of();
        return detail.isEmpty() ? List.of() : List.of(detail.split(" "));
    }

    private static String more(Line line, String detail) {
        if (!line.outcome().equals("done")) return REASONS.getOrDefault(detail, detail);
        if (BY_BROWSER.matcher(line.action()).matches() && !detail.isEmpty()) return BrowserName.of(detail);
        return detail.replaceFirst("^deployment (?=[0-9]+$)", "#").replaceFirst("^role: ", "as ");
    }

    /** acme-shop / web, and where it was if that is not production. */
    private static String on(String object) {
        var inProject = IN_PROJECT.matcher(object);
        if (!inProject.matches()) return OWN_ID.matcher(object).matches() ? "" : object;
        var parts = new ArrayList<>(List.of(inProject.group(1)));
        var service = found(SERVICE, inProject.group(2));
        if (service != null) parts.add(service);
        var environment = found(ENVIRONMENT, inProject.group(2));
        return String.join(" / ", parts)
                + (environment == null || environment.equals("production") ? "" : " · " + environment);
    }

    private static @Nullable String found(Pattern pattern, @Nullable String text) {
        if (text == null) return null;
        var match = pattern.matcher(text);
        return match.matches() ? match.group(1) : null;
    }
}
