package dev.signalbox.web;

import java.util.List;
import java.util.SequencedMap;

/**
 * How the appliance is and what runs on it, for somebody on the host.
 *
 * @param lines a name and what there is to say, in the order in which to show them
 * @param apps what was ever deployed
 */
public record HostStatus(SequencedMap<String, String> lines, List<App> apps) {
    public HostStatus {
        apps = List.copyOf(apps);
    }

    /**
     * A service in an environment.
     *
     * @param address where it answers; empty while it has none
     * @param deployment the newest, and how it stands
     */
    public record App(String name, String state, String address, String deployment) {}
}
