package dev.signalbox.web;

import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.deploys.Cause;
import dev.signalbox.deploys.State;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Workload;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value type that is one text in JSON: how it is written and read, what is said when it is something else, and how the
 * OpenAPI document describes it.
 */
record Word<T>(
        Class<T> type,
        Function<T, String> text,
        Function<String, Optional<T>> parse,
        String code,
        String rule,
        Map<String, Object> schema) {
    static List<Word<?>> all() {
        return List.of(
                new Word<>(
                        Name.class,
                        Name::value,
                        Name::parse,
                        "name_invalid",
                        Name.RULE,
                        Map.of(
                                "type",
                                "string",
                                "pattern",
                                "^[a-z][a-z0-9-]*[a-z0-9]$",
                                "minLength",
                                2,
                                "maxLength",
                                30)),
                new Word<>(
                        Branch.class,
                        Branch::value,
                        Branch::parse,
                        "branch_invalid",
                        Branch.RULE,
                        Map.of("type", "string", "minLength", 1, "maxLength", Branch.LONGEST)),
                new Word<>(
                        Instant.class,
                        Instant::toString,
                        Word::instant,
                        "time_invalid",
                        "Use a time such as 2027-01-31T12:00:00Z.",
                        Map.of("type", "string", "format", "date-time")),
                ofEnum(Role.class, Role::word, "role_invalid"),
                ofEnum(Scope.class, Scope::word, "scope_invalid"),
                ofEnum(DeploymentKind.class, DeploymentKind::word, "kind_invalid"),
                ofEnum(Service.Kind.class, Service.Kind::word, "kind_invalid"),
                ofEnum(Workload.State.class, Workload.State::word, "state_invalid"),
                ofEnum(State.class, State::word, "state_invalid"),
                ofEnum(Cause.class, Cause::word, "cause_invalid"));
    }

    private static <E extends Enum<E>> Word<E> ofEnum(Class<E> type, Function<E, String> text, String code) {
        var constants = List.of(type.getEnumConstants());
        var words = constants.stream().map(text).toList();
        return new Word<>(
                type,
                text,
                given -> constants.stream()
                        .filter(constant -> text.apply(constant).equals(given))
                        .findFirst(),
                code,
                "Use one of " + String.join(", ", words) + ".",
                Map.of("type", "string", "enum", words));
    }

    private static Optional<Instant> instant(String text) {
        if (text.length() > 40) return Optional.empty();
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static Optional<Word<?>> of(Class<?> type) {
        return Arrays.stream(all().toArray(Word<?>[]::new))
                .filter(word -> word.type().equals(type))
                .findFirst()
                .map(Function.identity());
    }
}
