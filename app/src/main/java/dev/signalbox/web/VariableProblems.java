package dev.signalbox.web;

import dev.signalbox.projects.Variables;
import dev.signalbox.projects.Variables.Replaced;
import java.util.Optional;

/** What is said when variables cannot be as somebody wants them, in the panel as in the API. */
final class VariableProblems {
    private VariableProblems() {}

    /** Empty when they are as they were wanted. */
    static Optional<Problem> of(Replaced replaced) {
        return Optional.ofNullable(
                switch (replaced) {
                    case Replaced.Done _ -> null;
                    case Replaced.NameInvalid(var name) -> nameInvalid(name);
                    case Replaced.ValueInvalid(var name) ->
                        invalid("env_value_invalid", name, "A value cannot hold a NUL character. Nothing was changed.");
                    case Replaced.PortInvalid() ->
                        invalid("env_value_invalid", "PORT", "PORT is a number from 1 to 65535. Nothing was changed.");
                    case Replaced.ValueTooLarge(var name, var bytes) ->
                        invalid(
                                "env_value_too_large",
                                name,
                                "It has " + bytes / 1024 + " KiB; use at most " + Variables.LARGEST_VALUE / 1024
                                        + ", for Docker cannot pass more than 128 KiB per variable. Nothing was"
                                        + " changed.");
                    case Replaced.TotalTooLarge(var bytes) ->
                        Problem.invalid(
                                "env_too_large",
                                "variables",
                                "Together they have " + bytes / 1024 + " KiB; use at most "
                                        + Variables.LARGEST_TOTAL / 1024 + " KiB. Nothing was changed.");
                    case Replaced.TooMany(var count) ->
                        Problem.invalid(
                                "too_long",
                                "variables",
                                "These are " + count + "; use at most " + Variables.MOST + ". Nothing was changed.");
                    case Replaced.Overtaken(var name, var _) ->
                        Problem.conflict(
                                        "overtaken",
                                        "Somebody else changed " + name + " a moment before. Nothing was changed.")
                                .about("variables." + name);
                });
    }

    static Problem nameInvalid(String name) {
        var rule = Variables.NAME_RULE;
        return invalid("env_key_invalid", name, Words.capital(rule) + ". Nothing was changed.");
    }

    /** The name may be anything and of any length, so only a readable beginning of it is repeated. */
    static Problem invalid(String code, String name, String message) {
        var shown = name.length() <= 100 ? name : name.substring(0, 100);
        return Problem.invalid(code, "variables." + shown, message);
    }
}
