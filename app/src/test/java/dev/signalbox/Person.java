package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.web.Browser;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;

/** Somebody at a browser, who goes by what stands on the pages and waits for what is to come. */
final class Person implements AutoCloseable {
    /** Browsers say so themselves of each form that is refused. */
    private static final Pattern REFUSED_FORM = Pattern.compile("the server responded with a status of (403|409|422)");

    private final Browser browser;
    private final boolean scripts;
    private final Program program;

    private Person(Browser browser, boolean scripts, Program program) {
        this.browser = browser;
        this.scripts = scripts;
        this.program = program;
    }

    /** What the person's browser does with scripts. */
    enum Scripts {
        RUN,
        OFF
    }

    static Person at(Program program, Scripts scripts) {
        return scripts == Scripts.RUN
                ? new Person(Browser.start(), true, program)
                : new Person(Browser.withoutScripts(), false, program);
    }

    /** As the owner. */
    Person signsIn() throws Exception {
        return opens("/sign-in")
                .types("E-mail", Program.OWNER_EMAIL)
                .types("Password", Program.OWNER_PASSWORD)
                .presses("Sign in")
                .arrivesAt("/projects");
    }

    Person opens(String path) {
        return opens(program.panel(path));
    }

    Person opens(URI address) {
        browser.open(address.toString());
        return this;
    }

    Person types(String label, String text) throws Exception {
        return at(field(label), field -> {
            field.clear();
            field.sendKeys(text);
        });
    }

    Person chooses(String label, String option) throws Exception {
        return at(field(label) + "/option[normalize-space() = '" + option + "']", WebElement::click);
    }

    /** Presses a button or follows a link. */
    Person presses(String name) throws Exception {
        return at(button(name), WebElement::click);
    }

    /** Presses the one of these buttons that is in the row with this text. */
    Person pressesIn(String row, String name) throws Exception {
        return at("//tr[contains(normalize-space(), '" + row + "')]" + button(name), WebElement::click);
    }

    /** Sees this, now or soon, without doing anything for it. */
    Person sees(String text) throws Exception {
        until("'" + text + "' is seen", () -> text().contains(text));
        return this;
    }

    /** Waits for this; who has no scripts looks again now and then. */
    Person waitsFor(String text) throws Exception {
        until("'" + text + "' is seen", () -> {
            if (!scripts && !text().contains(text)) browser.driver().navigate().refresh();
            return text().contains(text);
        });
        return this;
    }

    Person arrivesAt(String path) throws Exception {
        until("it is " + path, () -> path().equals(path));
        return this;
    }

    Person doesNotSee(String text) {
        assertThat(text()).doesNotContain(text);
        return this;
    }

    /** A form that no page shows to this person, as somebody sends it who knows of it. */
    Person sendsByHand(String path, Map<String, String> fields) {
        browser.run("""
                const form = document.createElement('form')
                form.method = 'post'
                form.action = arguments[0]
                const csrf = document.querySelector('[name=_csrf]').value
                for (const [name, value] of Object.entries({ ...arguments[1], _csrf: csrf })) {
                  const field = document.createElement('input')
                  field.name = name
                  field.value = value
                  form.append(field)
                }
                document.body.append(form)
                form.submit()
                """, path, fields);
        return this;
    }

    /** What is written on the page. */
    String text() {
        return orElse("", () -> browser.find("body").getText());
    }

    /** What can be copied there. */
    List<String> commands() {
        return browser.all(".cmd code .line, .cmd code:not(:has(.line))").stream()
                .map(WebElement::getText)
                .toList();
    }

    String path() {
        return URI.create(browser.driver().getCurrentUrl()).getPath();
    }

    Browser browser() {
        return browser;
    }

    /** What the browser had to complain of so far. */
    List<String> complaints() {
        var errors = browser.errors().stream()
                .filter(error -> !REFUSED_FORM.matcher(error).find());
        return Stream.concat(browser.violations().stream(), errors).toList();
    }

    @Override
    public void close() {
        browser.close();
    }

    private interface Deed {
        void on(WebElement element);
    }

    /** Does this to what is found there, as soon as it can be done: parts of a page may be replaced meanwhile. */
    private Person at(String path, Deed deed) throws Exception {
        Await.until(
                path + " on " + path() + ": " + text(),
                () -> orElse(false, () -> {
                    var found = within(path);
                    if (found == null) return false;
                    deed.on(found);
                    return true;
                }));
        return this;
    }

    private void until(String what, Callable<Boolean> condition) throws Exception {
        try {
            Await.until(what, condition);
        } catch (AssertionError e) {
            throw new AssertionError(what + ", at " + path() + ", where one reads:\n" + text(), e);
        }
    }

    private WebElement within(String path) {
        var dialogs = browser.all("dialog[open]");
        var found = dialogs.isEmpty()
                ? browser.driver().findElements(By.xpath(path))
                : dialogs.getFirst().findElements(By.xpath("." + path));
        return found.stream().filter(WebElement::isDisplayed).findFirst().orElse(null);
    }

    private static <T> T orElse(T otherwise, Callable<T> look) {
        try {
            return look.call();
        } catch (StaleElementReferenceException | NoSuchElementException e) {
            return otherwise;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String field(String label) {
        return "//*[@id = //label[normalize-space() = '" + label + "']/@for]";
    }

    private static String button(String name) {
        return "//*[self::a or self::button or self::summary][normalize-space() = '" + name + "' or @aria-label = '"
                + name + "']";
    }
}
