package dev.signalbox.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Whether Traefik runs, and which. */
record RouterCheck(int apiPort, InitSystem init) implements Check {
    @Override
    public String subject() {
        return "Router";
    }

    @Override
    public Finding examine() throws JsonProcessingException {
        var answer = Loopback.ask(apiPort, "/api/version");
        if (answer.isPresent()) {
            return Finding.ok("Traefik "
                    + new ObjectMapper().readTree(answer.get()).path("Version").asText("of no known version")
                    + " takes requests.");
        }
        return Finding.fail(
                "Traefik does not answer on 127.0.0.1:" + apiPort + ", so no app can be reached.",
                "Signalbox starts it again by itself within seconds; if it does not, see: " + init.signalboxLog());
    }
}
