package dev.signalbox;

import dev.signalbox.deploys.Deploys;
import dev.signalbox.git.Repositories;
import dev.signalbox.projects.Projects.Removed;
import dev.signalbox.routing.Routing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes away what deleted services left outside the database: containers, logs, routes, repositories. */
final class Removals implements Consumer<Removed> {
    private static final Logger LOG = LoggerFactory.getLogger(Removals.class);

    private final List<Consumer<Removed>> listeners = new ArrayList<>();

    /** Projects come first and know nobody who comes after them; these are told once all are there. */
    void tell(Deploys deploys, Repositories repositories, Routing routing) {
        listeners.add(deploys::forget);
        listeners.add(removed -> removed.services().forEach(service -> repositories.remove(service.id())));
        listeners.add(removed -> removed.workloads().forEach(workload -> routing.remove(workload.id())));
    }

    @Override
    public void accept(Removed removed) {
        for (var listener : listeners) {
            try {
                listener.accept(removed);
            } catch (RuntimeException e) {
                LOG.error("Something of a deleted service was left behind", e);
            }
        }
    }
}
