package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.web.Browser.Size;
import dev.signalbox.web.Browser.Theme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That nobody is kept out of a page: by contrast or missing words, on a small screen, on a slow line. */
class AccessIT {
    private static final long HEAVIEST = 100_000;
    /** Less than the style sheet and the icons alone: then it was not a first visit. */
    private static final long LIGHTEST = 10_000;

    /** What was sent for the page and for all that it loaded, as it went over the line. */
    private static final String WEIGHT = """
            return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                .reduce((sum, entry) => sum + entry.encodedBodySize, 0)
            """;

    @TempDir
    static Path told;

    @TempDir
    static Path untold;

    @TempDir
    static Path unowned;

    private static AcmeStory story;
    private static AcmeStory beginning;
    private static World nobodys;

    @BeforeAll
    static void start() {
        story = AcmeStory.told(told);
        beginning = AcmeStory.beginning(untold);
        nobodys = new World(unowned, false).start();
    }

    @AfterAll
    static void stop() {
        story.close();
        beginning.close();
        nobodys.close();
    }

    /** A browser that may see these pages, and their addresses. */
    private record Stop(Browser browser, String address) {}

    @Test
    void everyPageIsForEverybodyAndFitsAndIsLight() {
        var broken = new SoftAssertions();
        everywhere(stop -> {
            var browser = stop.browser;
            browser.size(Size.DESKTOP);
            browser.theme(Theme.LIGHT);
            browser.open(stop.address);
            var weight = ((Number) browser.run(WEIGHT)).longValue();
            broken.assertThat(weight).as("weight of " + stop.address).isBetween(LIGHTEST, HEAVIEST);
            for (var theme : Theme.values()) {
                browser.theme(theme);
                broken.assertThat(Axe.violations(browser))
                        .as("%s, %s", stop.address, theme)
                        .isEmpty();
            }
            browser.size(Size.PHONE);
            broken.assertThat(Axe.violations(browser))
                    .as("%s on a phone", stop.address)
                    .isEmpty();
            var width = (Long) browser.run("return document.scrollingElement.scrollWidth");
            broken.assertThat(width).as("width of " + stop.address).isLessThanOrEqualTo(Size.PHONE.width());
        });
        broken.assertAll();
    }

    /** Every page there is, for whoever sees it; and no complaint of the browser about any of them. */
    private static void everywhere(Consumer<Stop> look) {
        var tour = Tour.of(story.world, story.mara, "acme-shop", "web", 140, "VAT_API_KEY");
        var pages = new ArrayList<>(tour.pages());
        pages.addAll(List.of(
                AcmeStory.WEB + "/deployments/142",
                AcmeStory.WEB + "/deployments/141",
                AcmeStory.WEB + "/deployments/143",
                AcmeStory.WEB + "/deployments/143?find=facet",
                AcmeStory.WORKER,
                AcmeStory.WORKER + "/deployments/61",
                AcmeStory.WORKER + "/variables",
                "/projects/acme-shop/environments/staging",
                "/projects/acme-shop/environments/staging/services/web",
                "/projects/acme-shop/environments/staging/services/web/push",
                "/search?q=web",
                "/search?q=nothing"));
        assertThat(tour.missedBy(pages)).isEmpty();
        visit(tour, pages, look);
        visit(beginning.tour(), List.of("/projects", "/team", "/audit", "/tokens"), look);
        try (var browser = forgetful()) {
            for (var path : List.of("/sign-in", "/sign-in?to=%2Fteam", tour.invitation(), "/join/x", "/setup")) {
                look.accept(new Stop(browser, tour.address() + path));
            }
            var owner = nobodys.people.newSetupToken().orElseThrow().reveal();
            for (var path : List.of("/sign-in", "/setup/" + owner, "/setup/x")) {
                look.accept(
                        new Stop(browser, "http://localhost:" + nobodys.http().port() + path));
            }
            assertThat(browser.violations()).isEmpty();
        }
    }

    private static void visit(Tour tour, List<String> pages, Consumer<Stop> look) {
        try (var browser = forgetful()) {
            tour.signIn(browser);
            for (var page : pages) look.accept(new Stop(browser, tour.address() + page));
            assertThat(browser.violations()).isEmpty();
            assertThat(browser.errors()).isEmpty();
            // What cannot be answered is a page too, which the console mentions.
            for (var page : List.of("/nowhere", "/audit?before=x"))
                look.accept(new Stop(browser, tour.address() + page));
            assertThat(browser.violations()).isEmpty();
        }
    }

    /** To it, every visit is the first. */
    private static Browser forgetful() {
        var browser = Browser.start();
        browser.driver().executeCdpCommand("Network.enable", Map.of());
        browser.driver().executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", true));
        return browser;
    }
}
