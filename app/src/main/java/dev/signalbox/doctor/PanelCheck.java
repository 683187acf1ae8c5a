package dev.signalbox.doctor;

/** Whether the appliance itself runs. */
record PanelCheck(int port, InitSystem init) implements Check {
    @Override
    public String subject() {
        return "Signalbox";
    }

    @Override
    public Finding examine() {
        if (Loopback.ask(port, "/health").isPresent()) return Finding.ok("It answers on 127.0.0.1:" + port + ".");
        return Finding.fail(
                "It does not answer on 127.0.0.1:" + port + ". Apps go on; pushes and the panel do not.",
                init.startSignalbox());
    }
}
