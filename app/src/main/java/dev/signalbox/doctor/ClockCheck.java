package dev.signalbox.doctor;

/**
 * Whether something keeps the clock right: certificates, sessions and the order of logs go by it.
 *
 * @param state what the kernel says of it; below zero where it says nothing
 */
record ClockCheck(InitSystem init, int state) implements Check {
    private static final int NOT_SYNCHRONIZED = 5;

    @Override
    public String subject() {
        return "Clock";
    }

    @Override
    public Finding examine() {
        if (state < 0) return Finding.warn("Not looked at: the kernel does not tell.", init.keepClock());
        if (state != NOT_SYNCHRONIZED) return Finding.ok("It is kept right over the network.");
        return Finding.warn(
                "Nothing keeps it right; certificates and sign-ins go wrong when it is minutes off.",
                "Install and start one that does: " + init.keepClock());
    }
}
