package dev.signalbox.cli;

/** What a command exits with, for scripts. */
final class Exit {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int NOT_ALLOWED = 3;
    static final int NOT_FOUND = 4;
    static final int CONFLICT = 5;

    private Exit() {}

    static int ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> NOT_ALLOWED;
            case 404 -> NOT_FOUND;
            case 409, 410 -> CONFLICT;
            default -> FAILED;
        };
    }
}
