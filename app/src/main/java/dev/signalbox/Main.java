package dev.signalbox;

import dev.signalbox.cli.Cli;
import dev.signalbox.db.DatabaseUnusable;
import dev.signalbox.db.Db;
import dev.signalbox.secrets.KeyUnusable;
import dev.signalbox.web.WebServer;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Starts the appliance, or one of its commands. */
public final class Main {
    /** Of sysexits.h: something is set up wrongly, and starting again does not help. */
    private static final int MISCONFIGURED = 78;

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0 || List.of(arguments).equals(List.of("serve"))) {
            serve();
        } else {
            var streams = new Cli.Streams(System.in, System.out, System.err);
            System.exit(Cli.run(arguments, System.getenv(), new LocalHost(System.getenv()), streams));
        }
    }

    /** On the second core, while the first reads keys and opens the database. */
    private static void loadAhead() {
        Db.loadAhead();
        WebServer.loadAhead();
    }

    private static void serve() throws IOException {
        Thread.ofPlatform().daemon().name("load-ahead").start(Main::loadAhead);
        // Health probes through the router name the host they ask for, and leave no connection open.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,connection");
        // Of apps that answer with headers without end, to a hundred probes at once.
        System.setProperty("jdk.http.maxHeaderSize", "8192");
        try {
            var appliance = new Appliance(Settings.of(System.getenv()), Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(appliance::close, "shutdown"));
            appliance.start();
        } catch (KeyUnusable | DatabaseUnusable | Misconfigured e) {
            LoggerFactory.getLogger(Main.class).error("{}", e.getMessage());
            System.exit(MISCONFIGURED);
        }
    }
}
