package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.accounts.Role;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What each role can do, in words, taken from the permissions themselves. */
final class Rights {
    private Rights() {}

    /** @param roles yes or no for each role, in their order */
    record Right(String text, List<Boolean> roles) {}

    /** What most may comes first. */
    static List<Right> table() {
        return Arrays.stream(Permission.values())
                .sorted(Comparator.comparing(Permission::from))
                .map(permission -> new Right(
                        text(permission),
                        Arrays.stream(Role.values())
                                .map(role -> role.covers(permission.from()))
                                .toList()))
                .toList();
    }

    static List<String> of(Role role) {
        return Arrays.stream(Permission.values())
                .filter(permission -> role.covers(permission.from()))
                .sorted(Comparator.comparing(Permission::from))
                .map(Rights::text)
                .toList();
    }

    private static String text(Permission permission) {
        return switch (permission) {
            case READ_PROJECTS -> "See projects and services";
            case READ_DEPLOYMENTS -> "See deployments and what they did";
            case READ_LOGS -> "Read logs";
            case READ_SOURCE -> "Clone what was pushed";
            case READ_VARIABLES -> "See which variables are set";
            case READ_TEAM -> "See who is in the team";
            case CREATE_PROJECTS -> "Make and rename projects, environments and services";
            case DEPLOY -> "Deploy, go back, cancel";
            case WRITE_VARIABLES -> "Change variables";
            case REVEAL_VARIABLES -> "Reveal the value of a variable";
            case DELETE_PROJECTS -> "Delete projects, environments and services";
            case MANAGE_TOKENS -> "Make and revoke the team’s tokens";
            case MANAGE_MEMBERS -> "Invite, change roles up to one’s own, remove";
            case READ_AUDIT -> "Read the audit log";
        };
    }
}
