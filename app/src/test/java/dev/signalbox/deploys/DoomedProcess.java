package dev.signalbox.deploys;

import dev.signalbox.engine.DockerEngine;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineExtension;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A process of its own on the directory of a rig, which begins a deployment and is not meant to see its end. */
final class DoomedProcess {
    private DoomedProcess() {}

    /** What it deploys, by a name that fits on a command line. */
    enum Cargo {
        GOOD,
        SICK;

        Map<String, String> files(String text) {
            return switch (this) {
                case GOOD -> Apps.with(Apps.saying(text), "Procfile", "release: true\n");
                case SICK -> Sickness.EXITS_AT_ONCE.app();
            };
        }
    }

    /** @param options for the virtual machine */
    static Process start(
            Path directory, String instance, Ports ports, String workload, Cargo cargo, String text, String... options)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Djdk.httpclient.allowRestrictedHeaders=host,connection",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), DoomedProcess.class.getName()));
        command.addAll(List.of(directory.toString(), instance));
        for (var port : List.of(ports.http(), ports.https(), ports.api(), ports.panel())) command.add(port.toString());
        command.addAll(List.of(workload, cargo.name(), text));
        var log = new File(directory.toFile(), "doomed.log");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    /** The rig on this directory, in whichever process. */
    static Rig open(Path directory, String instance, Ports ports, Engine engine) throws IOException {
        return new Rig(
                directory,
                engine,
                instance,
                ports,
                usual -> RigExtension.hurried(usual, RigExtension.SETTLE, RigExtension.DRAIN));
    }

    public static void main(String[] arguments) throws Exception {
        var instance = arguments[1];
        var ports = new Ports(
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]));
        var engine = DockerEngine.connect(EngineExtension.host(), instance, Clock.systemUTC());
        var rig = open(Path.of(arguments[0]), instance, ports, engine);
        rig.start();
        var workload = rig.projects.findWorkload(arguments[6]).orElseThrow();
        rig.deploy(workload, Cargo.valueOf(arguments[7]).files(arguments[8]));
        rig.close();
        engine.close();
    }
}
