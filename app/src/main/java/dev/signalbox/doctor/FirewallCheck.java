package dev.signalbox.doctor;

import java.io.IOException;

/** Whether apps and builds are kept from the ports of this machine. */
record FirewallCheck(InitSystem init) implements Check {
    private static final String TABLE = "signalbox";

    @Override
    public String subject() {
        return "Firewall";
    }

    @Override
    public Finding examine() throws IOException {
        if (NetfilterTables.names().contains(TABLE)) {
            return Finding.ok("Apps and builds reach the public ports of this machine, and no other.");
        }
        return Finding.fail(
                "Apps and builds can reach every port of this machine, and what clouds keep on 169.254.169.254.",
                "Set it again with: " + init.setFirewall());
    }
}
