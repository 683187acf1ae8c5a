package dev.signalbox.doctor;

import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineException;

/** Whether Docker answers, and is one that we know how to speak to. */
record DockerCheck(Engine engine, InitSystem init) implements Check {
    private static final Release OLDEST = new Release(20, 10, 0);

    @Override
    public String subject() {
        return "Docker";
    }

    @Override
    public Finding examine() {
        try {
            var setup = engine.setup();
            if (Release.of(setup.release()).isBefore(OLDEST)) {
                return Finding.fail(
                        "It is " + setup.release() + "; nothing older than 20.10 is known to work.", "Upgrade Docker.");
            }
            return Finding.ok("Release " + setup.release() + ".");
        } catch (EngineException e) {
            return Finding.fail(
                    e.getMessage() + " Apps that run go on; nothing is started or deployed.", init.startDocker());
        }
    }
}
