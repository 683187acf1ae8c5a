package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Invite;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Visit;
import dev.signalbox.projects.Environment;
import dev.signalbox.web.Operation.Heading;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.openqa.selenium.Cookie;

/** Every page that a team can come to, each by its address, and a browser that is signed in there. */
record Tour(World world, Browsing who, Map<String, String> names) {
    private static final Set<String> SENDS_NO_PAGE = Set.of(
            "projects.live",
            "projects.new.live",
            "projects.show.live",
            "deployment.live",
            "deployment.log",
            "service.live",
            "services.push.live",
            "variables.live",
            "logs.stream",
            "logs.download",
            "disk.live",
            "audit.export");
    private static final Visit VISIT = new Visit("127.0.0.1", "test", "req_tour");

    /** Through the things of these names. */
    static Tour of(World world, Browsing who, String project, String service, long deployment, String variable) {
        var team = who.session().caller().team();
        var token = world.accounts.tokens(team).getFirst().id();
        var other = world.members.list(team).stream()
                .map(member -> member.person().id())
                .filter(id -> !id.equals(who.session().person().id()))
                .findFirst()
                .orElseThrow();
        return new Tour(
                world,
                who,
                Map.of(
                        "project", project,
                        "environment", Environment.PRODUCTION.value(),
                        "service", service,
                        "deployment", Long.toString(deployment),
                        "variable", variable,
                        "process", "web",
                        "token", token,
                        "person", other));
    }

    /** Whatever answers with a page of its own; what leads on, only goes on or sends a file is left out. */
    List<String> pages() {
        return routes().map(this::path).filter(this::isPage).toList();
    }

    /** The routes that none of these addresses belongs to, though they show pages. */
    List<String> missedBy(List<String> addresses) {
        return routes().filter(route -> addresses.stream()
                        .noneMatch(address -> address.matches(route.replaceAll("\\{[a-z]+}", "[^/]+") + "(\\?.*)?")))
                .filter(route -> who.get(path(route)).status() != 303)
                .toList();
    }

    private Stream<String> routes() {
        return world.routes().pages().stream()
                .map(PageRoute::heading)
                .filter(heading -> !heading.verb().writes() && !SENDS_NO_PAGE.contains(heading.name()))
                .map(Heading::path)
                .distinct();
    }

    String path(String route) {
        var path = route;
        for (var name : names.entrySet()) path = path.replace("{" + name.getKey() + "}", name.getValue());
        return path;
    }

    private boolean isPage(String path) {
        var status = who.get(path).status();
        assertThat(status).as(path).isIn(200, 303, 404, 409);
        return status == 200;
    }

    /** The link of a fresh invitation. */
    String invitation() {
        if (!(world.invitations.create(who.session().caller(), Role.VIEWER, VISIT)
                instanceof Invite.Made(var _, var link))) {
            throw new IllegalStateException("nobody was invited");
        }
        return Paths.JOIN + "/" + link.reveal();
    }

    void signIn(Browser browser) {
        browser.open(address() + "/sign-in");
        browser.driver()
                .manage()
                .addCookie(new Cookie("signalbox", who.started().cookie().reveal()));
    }

    String address() {
        return "http://localhost:" + world.http().port();
    }
}
