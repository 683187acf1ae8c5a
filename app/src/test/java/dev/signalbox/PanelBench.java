package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.Seed.Member;
import dev.signalbox.accounts.PeopleKit;
import dev.signalbox.engine.EngineExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A hundred people at once, on a hundred apps and a hundred thousand rows of audit; this process shares the machine. */
class PanelBench {
    private static final int PEOPLE = 100;
    private static final int APPS = 100;
    private static final int AUDIT_ROWS = 100_000;
    private static final long SECONDS = 60;

    @RegisterExtension
    static final EngineExtension DOCKER = new EngineExtension();

    @TempDir
    Path directory;

    @Test
    void aHundredPeople() throws Exception {
        var data = directory.resolve("data");
        try (var program = new Program(data, DOCKER);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            program.start();
            program.stop();
            var people = Seed.plant(data, PEOPLE, APPS, AUDIT_ROWS);
            program.start();
            idle(program);
            var fresh = program.memory("RssAnon");
            var visitors = signIn(program, people);
            idle(program);
            var before = program.memory("RssAnon");

            var load = new PanelLoad();
            var running = visitors.stream()
                    .<Callable<Void>>map(visitor -> () -> visitor.browse(load, APPS))
                    .map(threads::submit)
                    .toList();
            idle(program);
            var under = program.memory("RssAnon");
            load.end();
            for (var each : running) each.get(30, TimeUnit.SECONDS);
            load.failures().forEach(System.out::println);
            Figures.row("panel, 100 people, pages", load.figures(PanelLoad.PAGE));
            Figures.row("panel, 100 people, API", load.figures(PanelLoad.API));
            Figures.row("panel, 100 people, forms", load.figures(PanelLoad.FORM));
            Figures.row(
                    "panel, 100 people, failures",
                    Integer.toString(load.failures().size()));

            idle(program);
            Figures.row(
                    "memory at the start, before, under and after that load",
                    "RssAnon %d, %d, %d and %d MB".formatted(fresh, before, under, program.memory("RssAnon")));
        }
    }

    /** All of them in the same moment, while one who is signed in goes on. */
    private static List<PanelVisitor> signIn(Program program, List<Member> people) throws Exception {
        var meanwhile = new PanelLoad();
        var first = visitor(program, people.getFirst());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var witness = threads.submit(() -> first.browse(meanwhile, APPS));
            var arriving = people.stream()
                    .map(member -> threads.submit(() -> visitor(program, member)))
                    .toList();
            var started = System.nanoTime();
            try {
                for (Future<?> each : arriving) each.get(120, TimeUnit.SECONDS);
            } finally {
                meanwhile.end();
            }
            var took = (System.nanoTime() - started) / 1e9;
            witness.get(30, TimeUnit.SECONDS);
            Figures.row(
                    "100 sign-ins at once",
                    "all in %.1f s; pages of others meanwhile: %s".formatted(took, meanwhile.figures(PanelLoad.PAGE)));
            return arriving.stream().map(Future::resultNow).toList();
        }
    }

    private static PanelVisitor visitor(Program program, Member member) throws Exception {
        var visitor = new PanelVisitor(program.panelPort(), member.token());
        visitor.signIn(member.person().email(), PeopleKit.PASSWORD);
        return visitor;
    }

    private static void idle(Program program) throws Exception {
        assertThat(program.process().waitFor(SECONDS, TimeUnit.SECONDS)).isFalse();
    }
}
