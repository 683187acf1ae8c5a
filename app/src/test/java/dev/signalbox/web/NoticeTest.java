package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.PeopleKit;
import dev.signalbox.accounts.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sentence that says what was just done is ours alone. */
class NoticeTest {
    private static final String NAME = "signalbox-notice=";
    private static final String DONE = "Renamed. What the audit log says of you until now stays as it is.";

    @TempDir
    Path directory;

    private World world;
    private Browsing owner;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void whatWasJustDoneIsSaidOnce() {
        var notice = rename(owner);
        var page = get(owner, notice);
        assertThat(page.body()).contains("<div>" + DONE + "</div>");
        assertThat(page.header("Set-Cookie").orElseThrow())
                .startsWith(NAME + ";")
                .contains("Expires=Thu, 01 Jan 1970");
    }

    @Test
    void itIsForOneSessionAlone() {
        var notice = rename(owner);
        assertThat(get(world.signIn(Role.MEMBER), notice).body()).doesNotContain(DONE);
        var page = Visitor.of(world).with(NAME + notice).get("/sign-in");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).doesNotContain(DONE);
    }

    @Test
    void itOutlivesAnotherPassword() {
        var changed = owner.send(
                "/account/password", Map.of("current", PeopleKit.PASSWORD, "password", "another five words for her"));
        var cookies = Visitor.cookieOf(changed) + "; " + NAME + noticeOf(changed);
        assertThat(Visitor.of(world).with(cookies).get("/account").body()).contains("<div>Password changed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "0.", "%.", ".%", "00ff."})
    void nobodyElseSpeaksInOurPages(String before) {
        var planted = before + URLEncoder.encode("Call 0800 555 to unlock", StandardCharsets.UTF_8);
        var page = get(owner, planted);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("Your account").doesNotContain("0800 555", "0800+555", "class=\"toast\"");
    }

    @Test
    void norInTheNameOfAnotherText() {
        var signature = rename(owner).split("\\.", 2)[0];
        assertThat(get(owner, signature + ".Call+0800+555").body()).doesNotContain("0800");
        assertThat(get(owner, owner.csrf() + ".csrf").body()).doesNotContain("class=\"toast\"");
    }

    private static String rename(Browsing who) {
        return noticeOf(who.send("/account/name", Map.of("name", "Mara Brandt")));
    }

    private static String noticeOf(Http.Reply reply) {
        return reply.response().headers().allValues("Set-Cookie").stream()
                .filter(header -> header.startsWith(NAME))
                .map(header -> header.substring(NAME.length()).split(";", 2)[0])
                .findFirst()
                .orElseThrow();
    }

    private Http.Reply get(Browsing who, String notice) {
        return world.http()
                .get("/account")
                .with("Accept", "text/html")
                .with("Cookie", "signalbox=" + who.started().cookie().reveal() + "; " + NAME + notice)
                .send();
    }
}
