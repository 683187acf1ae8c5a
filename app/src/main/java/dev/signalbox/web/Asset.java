package dev.signalbox.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file of the program as browsers get it: as it is, or packed once for all of them. */
final class Asset {
    private static final int VERSION_BYTES = 4;

    private final byte[] plain;
    private final String version;
    private byte @Nullable [] packed;

    private Asset(byte[] plain) {
        this.plain = plain;
        this.version = HexFormat.of().formatHex(sha256(plain), 0, VERSION_BYTES);
    }

    static Asset load(String resource) {
        try (var in = Asset.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("the program was packed without " + resource);
            return new Asset(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Eight hexadecimal digits that say which content this is. */
    String version() {
        return version;
    }

    byte[] plain() {
        return plain;
    }

    synchronized byte[] packed() {
        if (packed == null) packed = gzip(plain);
        return packed;
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new Smallest(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It is done once, so it may take its time. */
    private static final class Smallest extends GZIPOutputStream {
        Smallest(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
