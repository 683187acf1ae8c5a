package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.Person.Scripts;
import dev.signalbox.engine.EngineExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WindowType;

/** Pages that are open go on by themselves, whatever happens to us meanwhile. */
class LiveStreamsIT {
    private static final String SHOP = "/projects/shop/environments/production/services/shop";
    /** Each has a stream; browsers open no more than six connections to one place over plain HTTP. */
    private static final List<String> PAGES =
            List.of("/projects", "/projects/shop", SHOP, SHOP + "/deployments", SHOP + "/variables");

    @RegisterExtension
    static final EngineExtension DOCKER = new EngineExtension();

    @TempDir
    Path directory;

    @Test
    void tenOpenPagesGoOnAfterARestart() throws Exception {
        try (var program = new Program(directory.resolve("data"), DOCKER)) {
            program.start();
            new GitClient(directory.resolve("work"), program.token())
                    .commit(Apps.node("one"))
                    .push(program.remote("shop", "shop"), "main");
            try (var one = Person.at(program, Scripts.RUN);
                    var other = Person.at(program, Scripts.RUN)) {
                for (var person : List.of(one, other)) opensAll(person.signsIn());
                program.stop();
                program.start();
                var environment = "/projects/shop/services/shop/environments/production";
                var set = program.api("PATCH", environment + "/variables", "{\"variables\":{\"GREETING\":\"hello\"}}");
                assertThat(set.statusCode()).as(set.body()).isLessThan(300);
                var asked = program.api("POST", environment + "/deployments", "{\"kind\":\"redeploy\"}");
                assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
                for (var person : List.of(one, other)) seesNewsOnAll(person);
            }
        }
    }

    private static void opensAll(Person person) throws Exception {
        for (var page : PAGES) {
            person.browser().driver().switchTo().newWindow(WindowType.TAB);
            person.opens(page).sees("shop").doesNotSee("#2").doesNotSee("GREETING");
        }
    }

    private static void seesNewsOnAll(Person person) throws Exception {
        var tabs = person.browser().driver().getWindowHandles().stream().toList();
        for (int i = 0; i < PAGES.size(); i++) {
            person.browser().driver().switchTo().window(tabs.get(i + 1));
            person.sees(PAGES.get(i).endsWith("variables") ? "GREETING" : "#2");
        }
        assertThat(person.browser().violations()).isEmpty();
    }
}
