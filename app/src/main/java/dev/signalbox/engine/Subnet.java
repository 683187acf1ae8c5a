package dev.signalbox.engine;

import java.util.Optional;

/** A range of IPv4 addresses, {@code 10.208.3.0/24}; addresses are handled as unsigned 32 bits. */
record Subnet(int base, int prefix) {
    Subnet {
        if (prefix < 0 || prefix > 32) throw new IllegalArgumentException("no IPv4 prefix length: " + prefix);
        base &= mask(prefix);
    }

    /** Empty for what is no IPv4 range: IPv6 subnets stand beside ours in Docker's lists. */
    static Optional<Subnet> parse(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || cidr.indexOf(':') >= 0) return Optional.empty();
        return Optional.of(new Subnet(number(cidr.substring(0, slash)), Integer.parseInt(cidr.substring(slash + 1))));
    }

    boolean overlaps(Subnet other) {
        int common = mask(Math.min(prefix, other.prefix));
        return (base & common) == (other.base & common);
    }

    boolean contains(int address) {
        return (address & mask(prefix)) == base;
    }

    int size() {
        return 1 << (32 - prefix);
    }

    String address(int offset) {
        return text(base + offset);
    }

    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (32 - prefix);
    }

    static int number(String address) {
        int number = 0;
        for (var part : address.split("\\.", -1)) number = number << 8 | Integer.parseInt(part);
        return number;
    }

    static String text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    @Override
    public String toString() {
        return text(base) + "/" + prefix;
    }
}
