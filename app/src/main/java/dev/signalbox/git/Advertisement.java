package dev.signalbox.git;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PacketLineOut;

/** What a pushing client is told first: the branches, and what can be asked for. */
final class Advertisement {
    /**
     * {@code no-thin}: a file that is sent as the difference to one that is here already would have to be put together in
     * memory, both files as a whole.
     */
    private static final String CAPABILITIES =
            "report-status delete-refs side-band-64k quiet atomic ofs-delta push-options no-thin object-format=sha1"
                    + " agent=signalbox";

    private Advertisement() {}

    static void write(OutputStream out, Map<String, ObjectId> branches) throws IOException {
        var packets = new PacketLineOut(out);
        packets.writeString("# service=git-receive-pack\n");
        packets.end();
        var capabilities = "\0" + CAPABILITIES;
        if (branches.isEmpty()) {
            packets.writeString(ObjectId.zeroId().name() + " capabilities^{}" + capabilities + "\n");
        }
        for (var branch : branches.entrySet()) {
            packets.writeString(branch.getValue().name() + " " + branch.getKey() + capabilities + "\n");
            capabilities = "";
        }
        packets.end();
    }
}
