package dev.signalbox.git;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.util.NB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Speaks the receiving side of git's protocol, and leaves to a {@link Handler} what is done with a push. */
final class Receiver extends ReceivePack {
    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);
    private static final int PACK_HEADER = 12;

    private final Wire wire;
    private final GitLimits limits;
    private final Handler handler;
    private final Console console;
    private final NameTolerantChecker checker = new NameTolerantChecker();
    private boolean isConsidered;
    private boolean isRefused;

    /** Each no is what the client is told; each empty a yes. */
    interface Handler {
        /** Before anything is received. */
        Optional<Refusal> considers(List<ReceiveCommand> commands, List<String> options);

        /** When it is known how many objects come. */
        Optional<Refusal> announced(long objects);

        /** When all objects are there. */
        Optional<Refusal> received(boolean sawForbiddenName, Console console) throws IOException;
    }

    Receiver(Incoming incoming, Map<String, ObjectId> branches, Wire wire, GitLimits limits, Handler handler)
            throws IOException {
        super(incoming.repository());
        this.wire = wire;
        this.limits = limits;
        this.handler = handler;
        this.console = new Console(getMessageOutputStream(), limits.silence());
        setBiDirectionalPipe(false);
        setAllowPushOptions(true);
        setAtomic(true);
        setObjectChecker(checker);
        setMaxCommandBytes(limits.commandBytes());
        setMaxObjectSizeLimit(limits.objectBytes());
        setAdvertisedRefs(refs(branches), Set.of());
    }

    void serve() throws IOException {
        receive(wire.in(), wire.out(), null);
    }

    @Override
    protected void receivePackAndCheckConnectivity() throws IOException {
        try {
            if (isForbidden() || isTooMuch()) return;
            wire.limit(limits.packBytes());
            super.receivePackAndCheckConnectivity();
        } catch (Wire.TooMuch e) {
            refuse(ReceiveTexts.packTooLarge(limits));
        } catch (TooLargeObjectInPackException e) {
            refuse(ReceiveTexts.fileTooLarge(limits));
        } catch (MissingObjectException e) {
            refuse(getClientShallowCommits().isEmpty() ? ReceiveTexts.incomplete(e) : ReceiveTexts.shallow());
        } catch (CorruptObjectException | SubmoduleValidationException e) {
            refuse(ReceiveTexts.damaged(e));
        } catch (LargeObjectException | OutOfMemoryError e) {
            // What was too large for the heap is garbage by now; it was one array, and nobody else is the worse for it.
            refuse(ReceiveTexts.tooMuchMemory());
        } catch (InterruptedIOException e) {
            refuse(ReceiveTexts.silent(limits));
        } catch (IOException | RuntimeException e) {
            // Also what the parser trips over: it trusts that what it reads makes sense.
            fail(e);
        }
    }

    /** Where JGit would move the branches. Here a deployment does, when it is live. */
    @Override
    protected void executeCommands() {
        try {
            if (isForbidden()) return;
            // What checking the commands left in memory; a deployment may take long.
            getRevWalk().dispose();
            var refusal = handler.received(checker.sawForbiddenName(), console);
            if (refusal.isPresent()) refuse(refusal.get());
            else getAllCommands().forEach(command -> command.setResult(Result.OK));
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    /** Asks before the pack is read; for what comes without one, such as a deletion, in its place. */
    private boolean isForbidden() {
        if (isConsidered || isRefused) return isRefused;
        isConsidered = true;
        var options = Objects.requireNonNullElse(getPushOptions(), List.<String>of());
        var refusal = handler.considers(getAllCommands(), options);
        refusal.ifPresent(this::refuse);
        return refusal.isPresent();
    }

    private boolean isTooMuch() throws IOException {
        var refusal = handler.announced(objectCount());
        refusal.ifPresent(this::refuse);
        return refusal.isPresent();
    }

    /** The parser reserves memory for as many objects as a pack claims to have, so the claim is read before. */
    private long objectCount() throws IOException {
        var header = wire.in().readNBytes(PACK_HEADER);
        wire.in().unread(header);
        return header.length < PACK_HEADER ? 0 : NB.decodeUInt32(header, 8);
    }

    private void fail(Exception problem) {
        // A client that went away in the middle is its own affair.
        if (!(problem instanceof EOFException) && !wire.isLost()) LOG.warn("A push could not be received.", problem);
        refuse(ReceiveTexts.failed(problem));
    }

    private void refuse(Refusal refusal) {
        isRefused = true;
        console.space();
        refusal.lines().forEach(console::print);
        console.space();
        for (var command : getAllCommands()) command.setResult(Result.REJECTED_OTHER_REASON, refusal.reason());
    }

    private static Map<String, Ref> refs(Map<String, ObjectId> branches) {
        var refs = new HashMap<String, Ref>();
        branches.forEach(
                (name, commit) -> refs.put(name, new ObjectIdRef.PeeledNonTag(Ref.Storage.LOOSE, name, commit)));
        return refs;
    }
}
