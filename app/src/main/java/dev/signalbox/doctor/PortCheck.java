package dev.signalbox.doctor;

import java.io.IOException;

/** Whether requests to one of the public ports reach the router. */
record PortCheck(int port, Processes processes, InitSystem init) implements Check {
    private static final String ROUTER = "traefik";

    @Override
    public String subject() {
        return "Port " + port;
    }

    @Override
    public Finding examine() throws IOException {
        if (!processes.isListenedOn(port)) {
            return Finding.fail(
                    "Nobody listens on it, so nothing can be reached there.",
                    "Signalbox starts the router; if it runs and this stays so, see: " + init.signalboxLog());
        }
        var listeners = processes.listenersOn(port);
        if (listeners.isEmpty()) {
            return Finding.warn(
                    "Somebody listens on it; who it is, only root can see.",
                    "Give the command as root: sudo signalbox doctor");
        }
        for (var listener : listeners) {
            if (!listener.name().equals(ROUTER)) return taken(listener);
        }
        return Finding.ok("The router listens on it.");
    }

    private Finding taken(Processes.Running other) {
        return Finding.fail(
                other.name() + " (process " + other.number() + ") listens on it, so the router cannot.",
                init.stopForGood(other.name()));
    }
}
