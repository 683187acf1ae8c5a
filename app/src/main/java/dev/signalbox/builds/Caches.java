package dev.signalbox.builds;

/** The directories that a service's builds keep from one to the next, as mounts of a RUN. No two services share one. */
record Caches(String serviceId) {
    /** Locked, since not every tool stands two builds in its cache at a time. */
    public String mount(String name, String path) {
        var id = "signalbox-" + serviceId + "-" + name.replaceAll("[^A-Za-z0-9_.-]", "-");
        return "--mount=type=cache,id=" + id + ",target=" + path + ",sharing=locked";
    }
}
