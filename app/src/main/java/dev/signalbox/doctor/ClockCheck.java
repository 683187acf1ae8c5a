package dev.signalbox.doctor;

/** Whether something keeps the clock right: certificates, sessions and the order of logs go by it. */
record ClockCheck(InitSystem init) implements Check {
    private static final int NOT_SYNCHRONIZED = 5;

    @Override
    public String subject() {
        return "Clock";
    }

    @Override
    public Finding examine() {
        if (Libc.clockState() != NOT_SYNCHRONIZED) return Finding.ok("It is kept right over the network.");
        return Finding.warn(
                "Nothing keeps it right; certificates and sign-ins go wrong when it is minutes off.",
                "Install and start one that does: " + init.keepClock());
    }
}
