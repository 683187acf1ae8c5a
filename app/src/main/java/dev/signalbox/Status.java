package dev.signalbox;

import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineException;
import dev.signalbox.routing.Routing;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** How the appliance is, line by line, for somebody on the host. */
final class Status implements Supplier<SequencedMap<String, String>> {
    private final String instance;
    private final Settings settings;
    private final String panel;
    private final Engine engine;
    private final Routing routing;

    Status(String instance, Settings settings, String panel, Engine engine, Routing routing) {
        this.instance = instance;
        this.settings = settings;
        this.panel = panel;
        this.engine = engine;
        this.routing = routing;
    }

    @Override
    public SequencedMap<String, String> get() {
        var lines = new LinkedHashMap<String, String>();
        lines.put("Instance", instance);
        lines.put("Data", settings.data().toString());
        lines.put("Panel", panel);
        lines.put("Docker", docker());
        lines.put(
                "Router", routing.isProxyUp() ? "up on port " + settings.httpPort() : "down; it is being brought back");
        return lines;
    }

    private String docker() {
        try {
            var version = engine.version();
            return version.release() + ", API " + version.api() + ", " + version.storageDriver();
        } catch (EngineException e) {
            return "does not answer: " + e.getMessage();
        }
    }
}
