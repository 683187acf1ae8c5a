package dev.signalbox.engine;

import java.util.HashMap;
import java.util.Map;

/** Marks what this instance makes, so that it finds its own and never touches another's. */
record Ownership(String instance) {
    static final String LABEL = "dev.signalbox.instance";

    /** These labels and ours; as a filter, it finds nothing that is not ours. */
    Map<String, String> mark(Map<String, String> labels) {
        var marked = new HashMap<>(labels);
        marked.put(LABEL, instance);
        return Map.copyOf(marked);
    }

    boolean covers(Map<String, String> labels) {
        return instance.equals(labels.get(LABEL));
    }
}
