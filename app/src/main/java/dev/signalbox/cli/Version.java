package dev.signalbox.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Which version this is, as it stands in the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"Signalbox " + Objects.requireNonNullElse(version, "from its source tree")};
    }
}
