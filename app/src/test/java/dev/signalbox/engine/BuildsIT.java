package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.engine.BuildEvent.StepDone;
import dev.signalbox.engine.BuildEvent.StepFailed;
import dev.signalbox.engine.BuildEvent.StepOutput;
import dev.signalbox.engine.BuildEvent.StepStarted;
import dev.signalbox.engine.EngineException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Builds by the real BuildKit. */
class BuildsIT {
    @RegisterExtension
    static final EngineExtension docker = new EngineExtension();

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicInteger names = new AtomicInteger();

    private final Engine engine = docker.engine();
    private final List<BuildEvent> events = new CopyOnWriteArrayList<>();
    private final String salt = docker.name("salt" + names.incrementAndGet());

    @Test
    void buildsAnImageAndTellsItsSteps() throws InterruptedException {
        var dockerfile = """
                FROM debian:trixie-slim
                ARG GREETING
                COPY hello.txt /hello.txt
                RUN echo "$GREETING from %s" && cat /hello.txt && echo oops >&2
                EXPOSE 4000 5000/udp
                ENV MODE=production
                USER 1000
                ENTRYPOINT ["/bin/cat"]
                CMD ["/hello.txt"]
                """.formatted(salt);
        var request = new BuildRequest(
                salt + ":1", "deploy/Dockerfile", null, Map.of("GREETING", "hi & bye"), Map.of("tree", "abc"), false);

        var id = engine.build(
                request,
                TarFiles.of(Map.of("deploy/Dockerfile", dockerfile, "hello.txt", "hello\n", ".dockerignore", "")),
                events::add);

        assertThat(engine.findImage(salt + ":1")).hasValueSatisfying(image -> {
            assertThat(image.id()).isEqualTo(id);
            assertThat(image.names()).containsExactly(salt + ":1");
            assertThat(image.exposedPorts()).containsExactly(4000);
            assertThat(image.user()).isEqualTo("1000");
            assertThat(image.entrypoint()).containsExactly("/bin/cat");
            assertThat(image.command()).containsExactly("/hello.txt");
            assertThat(image.environment()).containsEntry("MODE", "production").containsKey("PATH");
            assertThat(image.labels()).containsEntry("tree", "abc");
            assertThat(image.size()).isPositive();
        });
        assertThat(output()).containsExactlyInAnyOrder("hi & bye from " + salt, "hello", "oops");
        var run = started("RUN");
        assertThat(of(StepDone.class))
                .anySatisfy(done -> {
                    assertThat(done.step()).isEqualTo(run.step());
                    assertThat(done.cached()).isFalse();
                    assertThat(done.took()).isPositive().isLessThan(SOON);
                })
                .allSatisfy(done -> assertThat(done.name()).isNotEmpty());
        assertThat(of(StepStarted.class)).extracting(StepStarted::step).doesNotHaveDuplicates();
    }

    @Test
    void doesNotRepeatWhatHasNotChanged() throws InterruptedException {
        var dockerfile = "FROM debian:trixie-slim\nRUN echo " + salt + "\n";
        var first = build(dockerfile);
        events.clear();

        var second = build(dockerfile);

        assertThat(second).isEqualTo(first);
        assertThat(output()).isEmpty();
        assertThat(of(StepDone.class))
                .anyMatch(done -> done.cached() && done.name().contains("RUN"));
        events.clear();
        engine.build(request(true), TarFiles.of(Map.of("Dockerfile", dockerfile)), events::add);
        assertThat(output()).containsExactly(salt);
    }

    @Test
    void saysWhichStepFailed() {
        assertThatThrownBy(() -> build("FROM debian:trixie-slim\nRUN echo before " + salt + "; exit 3\n"))
                .isInstanceOf(BuildFailed.class)
                .hasMessageContaining("exit code: 3")
                .hasMessageNotContaining("failed to solve")
                .hasMessageNotContaining("rpc error");

        assertThat(output()).containsExactly("before " + salt);
        assertThat(of(StepFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.step()).isEqualTo(started("RUN").step());
            assertThat(failed.error()).contains("exit code: 3");
        });
        assertThat(engine.findImage(salt + ":1")).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithADockerfile() {
        assertThatThrownBy(() -> build("FROM debian:trixie-slim\nRUM echo\n"))
                .isInstanceOf(BuildFailed.class)
                .hasMessageContaining("unknown instruction: RUM");
        assertThatThrownBy(() -> engine.build(request(false), TarFiles.of(Map.of("other", "")), events::add))
                .isInstanceOf(BuildFailed.class)
                .hasMessageContaining("Dockerfile");
    }

    @Test
    void buildsOnlyTheStageThatIsAskedFor() throws InterruptedException {
        var dockerfile = "FROM debian:trixie-slim AS tests\nENV STAGE=tests\nFROM tests\nENV STAGE=last\n";

        var request = new BuildRequest(salt + ":1", "Dockerfile", "tests", Map.of(), Map.of(), false);
        engine.build(request, TarFiles.of(Map.of("Dockerfile", dockerfile)), events::add);

        assertThat(engine.findImage(salt + ":1").orElseThrow().environment()).containsEntry("STAGE", "tests");
    }

    @Test
    void cancelsABuildWhenItsThreadIsInterrupted() throws InterruptedException {
        var outcome = new AtomicReference<Throwable>();
        var building = Thread.ofVirtual().start(() -> {
            try {
                build("FROM debian:trixie-slim\nRUN echo started " + salt + "; exec sleep 987654321\n");
            } catch (Throwable e) {
                outcome.set(e);
            }
        });
        Eventually.within(SOON, "the step", () -> output().contains("started " + salt));
        assertThat(sleepers()).isEqualTo(1);
        long before = System.nanoTime();

        building.interrupt();
        building.join();

        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        Eventually.within(
                Duration.ofSeconds(2).minusNanos(System.nanoTime() - before), "end of the step", () -> sleepers() == 0);
        assertThat(engine.findImage(salt + ":1")).isEmpty();
    }

    @Test
    void endsWithTheReasonWhenFilesCannotBeRead() {
        BuildContext broken = tar -> {
            tar.write(new byte[100_000]);
            throw new IOException("object 12ab is missing");
        };

        assertThatThrownBy(() -> engine.build(request(false), broken, events::add))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessage("The files of the build could not be read: object 12ab is missing.");
    }

    @Test
    void passesOnWhatItsListenerThrows() {
        var fault = new IllegalStateException("the log is full");
        long before = System.nanoTime();

        assertThatThrownBy(() -> engine.build(
                        request(false),
                        TarFiles.of(Map.of("Dockerfile", "FROM debian:trixie-slim\nRUN echo " + salt + "; sleep 60\n")),
                        event -> {
                            if (event instanceof StepOutput) throw fault;
                        }))
                .isSameAs(fault);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
    }

    @Test
    void streamsALargeTree() throws InterruptedException {
        var line = "0123456789abcdef".repeat(64);
        var files = Map.of("Dockerfile", "FROM scratch\nCOPY big /big\n", "big", line.repeat(40_000));

        var id = engine.build(request(false), TarFiles.of(files), events::add);

        assertThat(engine.findImage(id.value()).orElseThrow().size()).isEqualTo(40_000L * line.length());
    }

    @Test
    void refusesANameThatDockerDoesNotTake() {
        var request = new BuildRequest("No Such Name", "Dockerfile", null, Map.of(), Map.of(), false);

        assertThatThrownBy(() -> engine.build(request, TarFiles.of(Map.of("Dockerfile", "FROM scratch")), events::add))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("Docker could not build the image: invalid reference format");
    }

    @Test
    void tellsNothingMoreOnceItHasReturned() throws InterruptedException {
        var returned = new AtomicBoolean();
        var late = new AtomicBoolean();

        engine.build(request(true), TarFiles.of(Map.of("Dockerfile", "FROM debian:trixie-slim\nRUN true\n")), event -> {
            if (returned.get()) late.set(true);
        });
        returned.set(true);

        assertThat(late).isFalse();
    }

    private ImageId build(String dockerfile) throws InterruptedException {
        return engine.build(request(false), TarFiles.of(Map.of("Dockerfile", dockerfile)), events::add);
    }

    private BuildRequest request(boolean withoutCache) {
        return new BuildRequest(salt + ":1", "Dockerfile", null, Map.of(), Map.of(), withoutCache);
    }

    private StepStarted started(String instruction) {
        return of(StepStarted.class)
                .filter(step -> step.name().contains(instruction))
                .findFirst()
                .orElseThrow();
    }

    private List<String> output() {
        return of(StepOutput.class).map(StepOutput::text).toList();
    }

    private <T> Stream<T> of(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }

    private static long sleepers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.endsWith("sleep 987654321"))
                        .isPresent())
                .count();
    }
}
