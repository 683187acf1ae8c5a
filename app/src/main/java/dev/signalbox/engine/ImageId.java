package dev.signalbox.engine;

/** The content address of an image in this engine, {@code sha256:…}: the identity of what runs. */
public record ImageId(String value) {
    public ImageId {
        if (!value.startsWith("sha256:")) throw new IllegalArgumentException("not an image id: " + value);
    }

    @Override
    public String toString() {
        return value;
    }
}
