package dev.signalbox.builds;

import dev.signalbox.engine.Engine;
import dev.signalbox.engine.Image;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What an image is made of, as one hash: when it is equal, building again would give the same. */
record Fingerprint(String value) {
    /** Raised when what we send besides the Dockerfile and the tree changes. */
    private static final String FORMAT = "1";

    static Fingerprint of(SourceTree tree, BuildPlan plan, Engine engine) {
        var digest = sha256();
        add(digest, FORMAT);
        add(digest, tree.id());
        add(digest, plan.dockerfile());
        add(digest, plan.dockerfilePath());
        plan.excluded().forEach(pattern -> add(digest, pattern));
        for (var base : plan.bases()) {
            add(digest, base);
            add(
                    digest,
                    engine.findImage(base).map(Image::id).map(String::valueOf).orElse("not here"));
        }
        return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
    }

    private static void add(MessageDigest digest, String part) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
