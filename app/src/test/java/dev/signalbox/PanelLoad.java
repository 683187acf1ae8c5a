package dev.signalbox;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What many visitors of the panel saw: how long each kind of request took, and what went wrong. */
final class PanelLoad {
    static final String PAGE = "page";
    static final String API = "api";
    static final String FORM = "form";

    private final Map<String, Queue<Double>> millis = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean isOver;

    void note(String kind, double took) {
        millis.computeIfAbsent(kind, ignored -> new ConcurrentLinkedQueue<>()).add(took);
    }

    void fail(String what) {
        failures.add(what);
    }

    void end() {
        isOver = true;
    }

    boolean isOver() {
        return isOver;
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    String figures(String kind) {
        var sorted = millis.getOrDefault(kind, new ConcurrentLinkedQueue<>()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        Arrays.sort(sorted);
        if (sorted.length == 0) return "none";
        return "%,d answers, median %.0f ms, p95 %.0f ms, slowest %.0f ms"
                .formatted(
                        sorted.length,
                        sorted[sorted.length / 2],
                        sorted[(int) (sorted.length * 0.95)],
                        sorted[sorted.length - 1]);
    }
}
