package dev.signalbox.git;

import dev.signalbox.git.Claims.Claimed;
import dev.signalbox.git.Claims.Claimed.Claim;
import dev.signalbox.git.Gate.Answer.Admitted;
import dev.signalbox.git.PushOutcome.Deployed;
import dev.signalbox.git.PushRules.Ruling;
import dev.signalbox.projects.Environment;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One push, from what it asks for to how its deployment ended. */
final class PushRun implements Receiver.Handler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PushRun.class);
    /** What receiving takes besides the objects, counted in objects. */
    private static final int BUFFERS = 2_000;

    private static final int LONGEST_SUBJECT = 72;
    private static final int LONGEST_AUTHOR = 100;

    private final PushDesk desk;
    private final Admitted admitted;
    private final String panelUrl;
    private final Optional<String> address;
    private final Incoming incoming;
    private @Nullable PushRequest request;
    private @Nullable Permit permit;

    PushRun(PushDesk desk, GitExchange exchange, Admitted admitted, Incoming incoming) {
        this.desk = desk;
        this.admitted = admitted;
        this.panelUrl = exchange.panelUrl();
        this.address = exchange.clientAddress();
        this.incoming = incoming;
    }

    @Override
    public Optional<Refusal> considers(List<ReceiveCommand> commands, List<String> options) {
        return switch (new PushRules(environments()).judge(commands, options)) {
            case Ruling.Allowed(var allowed) -> {
                request = allowed;
                yield Optional.empty();
            }
            case Ruling.Forbidden(var refusal) -> Optional.of(refusal);
        };
    }

    @Override
    public Optional<Refusal> announced(long objects) {
        int most = desk.limits().objects();
        if (objects > most) return Optional.of(ReceiveTexts.tooManyObjects(objects, most));
        try {
            int part = (int) Math.min(objects + BUFFERS, most);
            permit = Permit.acquire(desk.objects(), part, desk.limits().idle()).orElse(null);
            return permit == null ? Optional.of(PushTexts.busy()) : Optional.empty();
        } catch (InterruptedException e) {
            return Optional.of(PushTexts.interrupted(OptionalInt.empty(), links()));
        }
    }

    private Links links() {
        var environment = Objects.requireNonNull(request).environment().name();
        return new Links(panelUrl, admitted.destination(), environment);
    }

    private List<Environment.Outline> environments() {
        var project = admitted.destination().project();
        if (project == null) return Environment.FIRST;
        return desk.projects().environments(project).stream()
                .map(Environment::outline)
                .toList();
    }

    @Override
    public Optional<Refusal> received(boolean sawForbiddenName, Console console) throws IOException {
        // A deployment may take long, and needs no objects in memory.
        close();
        var asked = Objects.requireNonNull(request);
        var found = commit(asked.commit());
        if (found.isEmpty()) return Optional.of(PushTexts.notACommit());
        var commit = found.get();
        var history = History.of(incoming.repository(), asked, branchNow(asked.ref()));
        if (history.isNothingNew()) return nothingNew(asked, console);
        var problem = history.refusal();
        if (problem.isEmpty()) problem = problemOf(commit, sawForbiddenName);
        if (problem.isPresent()) return problem;
        incoming.sync();
        return claim(asked, commit, history.isForced(), console);
    }

    private Optional<RevCommit> commit(ObjectId id) throws IOException {
        try (var walk = new RevWalk(incoming.repository())) {
            return walk.parseAny(id) instanceof RevCommit commit ? Optional.of(commit) : Optional.empty();
        }
    }

    private Optional<ObjectId> branchNow(String ref) throws IOException {
        var service = admitted.destination().serviceId();
        if (service.isEmpty()) return Optional.empty();
        try (var repository = desk.store().open(service.get()).orElse(null)) {
            return repository == null ? Optional.empty() : repository.branch(ref);
        }
    }

    private Optional<Refusal> nothingNew(PushRequest asked, Console console) {
        PushTexts.nothingNew(asked).forEach(console::print);
        return Optional.empty();
    }

    private Optional<Refusal> problemOf(RevCommit commit, boolean sawForbiddenName) throws IOException {
        var check = new TreeCheck(incoming.repository(), desk.limits());
        var problem = check.refusal(commit.getTree());
        if (problem.isPresent()) return problem;
        if (sawForbiddenName) return Optional.of(PushTexts.forbiddenNameInHistory());
        var service = admitted.destination().serviceId();
        return desk.gate().revocation(admitted.authorization(), service).map(PushTexts::revoked);
    }

    private Optional<Refusal> claim(PushRequest asked, RevCommit commit, boolean forced, Console console) {
        var destination = admitted.destination();
        var environment = asked.environment().name();
        return switch (desk.claims().claim(admitted.caller(), destination, environment)) {
            case Claim claim -> deploy(claim, push(claim, asked, commit, forced), console);
            case Claimed.Taken(var project) -> Optional.of(PushTexts.nameTaken(project));
            case Claimed.Gone() -> Optional.of(PushTexts.gone(destination));
        };
    }

    private Push push(Claim claim, PushRequest asked, RevCommit commit, boolean forced) {
        var described = new Push.Commit(
                commit.name(),
                commit.getTree().name(),
                Terminal.title(commit.getShortMessage(), LONGEST_SUBJECT),
                Terminal.title(commit.getAuthorIdent().getName(), LONGEST_AUTHOR));
        var guard = new GuardedBranch(
                desk.store(),
                claim.serviceId(),
                asked,
                forced,
                () -> desk.gate().revocation(admitted.authorization(), Optional.of(claim.serviceId())));
        return new Push(claim.workload(), described, asked.ref(), forced, asked.detached(), admitted.caller(), guard);
    }

    /** From here on it does not matter whether the client is still there. */
    private Optional<Refusal> deploy(Claim claim, Push push, Console console) {
        var links = links();
        var output = new PushOutput(console, push, links, () -> {
            desk.claims().keep(claim, address);
            if (claim.madeService())
                console.print("Created " + links.destination().label() + ".");
        });
        try (var _ = console.keepAlive()) {
            desk.store().accept(incoming, claim.serviceId());
            incoming.release();
            var outcome = desk.listener().deploy(push, output);
            if (outcome instanceof Deployed deployed) output.queued(deployed.number());
            return end(push, Ending.of(outcome, links), console);
        } catch (InterruptedException e) {
            // All that is left to do on this thread is to say so.
            return Optional.of(PushTexts.interrupted(output.number(), links));
        } catch (IOException e) {
            LOG.error("A push to {} could not be stored.", claim.workload().label(), e);
            return Optional.of(ReceiveTexts.failed(e));
        } catch (RuntimeException e) {
            LOG.error("A push to {} ended in an error.", claim.workload().label(), e);
            return Optional.of(PushTexts.broken(output.number(), links));
        } finally {
            desk.claims().release(claim);
        }
    }

    private static Optional<Refusal> end(Push push, Ending ending, Console console) {
        if (ending.refusal().isPresent()) return ending.refusal();
        push.guard().moveRef();
        console.space();
        ending.lines().forEach(console::print);
        console.space();
        return Optional.empty();
    }

    @Override
    public void close() {
        if (permit != null) permit.close();
    }
}
