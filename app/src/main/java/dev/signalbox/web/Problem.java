package dev.signalbox.web;

import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A no, as answers of the API and pages of the panel say it.
 *
 * @param code for programs, never changed once published
 * @param message for people: what happened and what to do
 * @param field the field or parameter that it is about
 * @param retryAfter when trying again makes sense
 */
record Problem(
        int status,
        String code,
        String message,
        @Nullable String field,
        @Nullable Duration retryAfter) {
    /** One answer for what does not exist and for what belongs to another team, so that nobody can tell which. */
    static final Problem NOT_FOUND = of(404, "not_found", "There is nothing here by this name that you can see.");

    static final Problem INTERNAL =
            of(500, "internal", "Something went wrong on our side; nothing more is known here. The log has the rest.");

    static final Problem DISK_FULL = of(
            503,
            "disk_full",
            "The disk is full, so nothing can be saved. Nothing was changed, and what runs goes on. Make room on the"
                    + " machine, then try again.");

    static Problem of(int status, String code, String message) {
        return new Problem(status, code, message, null, null);
    }

    /** Well-formed, but refused: the field and what it should be. */
    static Problem invalid(String code, String field, String message) {
        return new Problem(422, code, message, field, null);
    }

    static Problem conflict(String code, String message) {
        return of(409, code, message);
    }

    static Problem malformed(String message) {
        return of(400, "json_invalid", message);
    }

    static Problem tokenMissing() {
        return of(
                401,
                "token_missing",
                "Send a token: Authorization: Bearer signalbox_... Make one on the host with: sudo signalbox token create"
                        + " --name me");
    }

    static Problem tokenInvalid() {
        return of(
                401,
                "token_invalid",
                "This token is unknown, revoked or expired. Make one on the host with: sudo signalbox token create"
                        + " --name me");
    }

    static Problem signedOut() {
        return of(401, "signed_out", "You are not signed in any more. Sign in again.");
    }

    static Problem roleTooWeak(Role needed) {
        return of(
                403,
                "role_too_weak",
                "This needs the role " + needed.word() + ". Ask somebody of your team who has it.");
    }

    static Problem scopeMissing(Scope needed) {
        return of(403, "scope_missing", "This token was not made for " + needed.word() + ". Use one with this scope.");
    }

    static Problem outlivesItsMaker(Instant end) {
        return of(
                403,
                "expiry_too_late",
                "The token that you use ends at " + end + ". One that it makes cannot last longer.");
    }

    static Problem tokenBound() {
        return of(403, "token_bound", "This token is for one service and for nothing else. Use another token.");
    }

    static Problem tooMany(Duration retryAfter) {
        return new Problem(
                429,
                "too_many_requests",
                "Too many requests. Try again in " + retryAfter.toSeconds() + " s.",
                null,
                retryAfter);
    }

    /** What is said of it, in the order in which it is read. */
    SequencedMap<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("code", code);
        fields.put("message", message);
        if (field != null) fields.put("field", field);
        return fields;
    }

    Problem about(String name) {
        return new Problem(status, code, message, name, retryAfter);
    }
}
