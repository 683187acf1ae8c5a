package dev.signalbox;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.signalbox.accounts.TeamScope;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.PlainSQL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The layout that the documents promise, held by the build. */
class ArchitectureTest {
    private static final String ROOT = "dev.signalbox";

    /** Which of our packages each of them may import. The root, where everything is wired, may import all. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("db", Set.of()),
            Map.entry("secrets", Set.of()),
            Map.entry("engine", Set.of()),
            Map.entry("cli", Set.of()),
            Map.entry("doctor", Set.of("space", "db", "engine", "secrets")),
            Map.entry("accounts", Set.of("db", "secrets")),
            Map.entry("projects", Set.of("accounts", "db", "secrets")),
            Map.entry("git", Set.of("accounts", "projects", "db")),
            Map.entry("routing", Set.of("accounts", "projects", "engine", "db")),
            Map.entry("logs", Set.of("accounts", "projects", "engine", "db")),
            Map.entry("space", Set.of("projects", "logs", "engine", "db")),
            Map.entry("builds", Set.of("accounts", "projects", "logs", "space", "engine", "db")),
            Map.entry(
                    "deploys",
                    Set.of("accounts", "projects", "builds", "routing", "logs", "space", "engine", "db", "secrets")),
            Map.entry(
                    "web",
                    Set.of("accounts", "projects", "git", "builds", "deploys", "routing", "logs", "space", "secrets")));

    /** Where a library may be seen. What is not here is everybody's: the JDK, SLF4J, Jackson, JSpecify. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("com.github.dockerjava..", Set.of("engine")),
            Map.entry("org.eclipse.jgit..", Set.of("git")),
            Map.entry("io.javalin..", Set.of("web")),
            Map.entry("org.eclipse.jetty..", Set.of("web")),
            Map.entry("jakarta.servlet..", Set.of("web")),
            Map.entry("kotlin..", Set.of("web")),
            Map.entry("picocli..", Set.of("cli")),
            Map.entry("org.sqlite..", Set.of("db")),
            Map.entry("org.flywaydb..", Set.of("db")),
            Map.entry("org.thymeleaf..", Set.of("builds", "web")),
            Map.entry("com.fasterxml.jackson.dataformat..", Set.of("builds")),
            Map.entry("org.bouncycastle..", Set.of("accounts", "routing")),
            Map.entry("org.apache.commons..", Set.of("builds")),
            Map.entry("com.google.common..", Set.of("engine")));

    private static final Set<Class<?>> DATES_WITHOUT_A_CLOCK = Set.of(
            Instant.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Date.class);

    private static final Pattern NAMES_THAT_SAY_NOTHING =
            Pattern.compile(".*(Manager|Helper|Utils?|Impl|Base|Data|Info|Dto|Facade)");

    /** What its field calls it. */
    private static final Set<String> WORDS_OF_THE_FIELD = Set.of("NodeManager");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** Without what is generated from the migrations. */
    private static final JavaClasses WRITTEN_BY_HAND =
            CLASSES.that(DescribedPredicate.not(resideInAPackage(ROOT + ".db.schema..")));

    @Test
    void everyPackageIsListed() {
        var packages = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1))
                .map(name -> name.startsWith("db.schema") ? "db" : name)
                .collect(toSet());
        assertThat(packages).isEqualTo(MAY_IMPORT.keySet());
    }

    static Stream<Arguments> imports() {
        return MAY_IMPORT.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("imports")
    void aPackageImportsOnlyWhatItMay(String name, Set<String> allowed) {
        var ours = Stream.concat(allowed.stream(), Stream.of(name)).flatMap(ArchitectureTest::inside);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(DescribedPredicate.not(resideInAnyPackage(ours.toArray(String[]::new)))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static Stream<String> inside(String name) {
        return Stream.of(ROOT + "." + name + "..");
    }

    static Stream<Arguments> libraries() {
        return LIBRARIES.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("libraries")
    void aLibraryIsSeenByItsPackageOnly(String library, Set<String> homes) {
        var allowed = Stream.concat(homes.stream().flatMap(ArchitectureTest::inside), Stream.of(ROOT));
        noClasses()
                .that(resideInAPackage(ROOT + "..")
                        .and(DescribedPredicate.not(resideInAnyPackage(allowed.toArray(String[]::new)))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void noPackagesGoRoundInCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void storesAreTheOnlyOnesThatKnowTables() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Store")
                .should()
                .bePackagePrivate()
                .check(CLASSES);
        noClasses()
                .that(resideInAPackage(ROOT + "..")
                        .and(DescribedPredicate.not(resideInAnyPackage(ROOT + ".db..")))
                        .and(DescribedPredicate.not(simpleNameEndingWith("Store"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".db.schema..")
                .check(CLASSES);
    }

    @Test
    void noSqlIsMadeOfText() {
        noClasses()
                .should()
                .accessTargetWhere(calls(
                        "jOOQ with a text of SQL",
                        target -> target instanceof AccessTarget.CodeUnitAccessTarget unit
                                && unit.isAnnotatedWith(PlainSQL.class)))
                .check(WRITTEN_BY_HAND);
    }

    @Test
    void timeComesFromAClock() {
        noClasses()
                .should()
                .accessTargetWhere(calls(
                        "the time of day without a clock",
                        target -> isNow(target) || isCall(target, System.class, "currentTimeMillis")))
                .check(CLASSES);
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage(ROOT)))
                .should()
                .accessTargetWhere(calls(
                        "a clock of its own",
                        target -> target.getOwner().isEquivalentTo(Clock.class)
                                && target.getName().startsWith("system")))
                .check(CLASSES);
    }

    private static boolean isNow(AccessTarget target) {
        var named = target.getName().equals("now") || target.getName().equals("<init>");
        var takesNothing = target instanceof AccessTarget.CodeUnitAccessTarget unit
                && unit.getRawParameterTypes().isEmpty();
        return named && takesNothing && DATES_WITHOUT_A_CLOCK.stream().anyMatch(target.getOwner()::isEquivalentTo);
    }

    @Test
    void noProgramIsRun() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .check(CLASSES);
        noClasses()
                .should()
                .accessTargetWhere(calls("Runtime.exec", target -> isCall(target, Runtime.class, "exec")))
                .check(CLASSES);
    }

    @Test
    void onlyTheStartEndsTheProcess() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage(ROOT)))
                .and()
                // Falls dead on purpose, where a test asks for it.
                .doNotHaveSimpleName("FaultPoint")
                .should()
                .accessTargetWhere(calls(
                        "the end of the process",
                        target -> isCall(target, System.class, "exit") || isCall(target, Runtime.class, "halt")))
                .check(CLASSES);
    }

    @Test
    void environmentVariablesAreReadAtTheStart() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage(ROOT)))
                .should()
                .accessTargetWhere(calls("the environment", target -> isCall(target, System.class, "getenv")))
                .check(CLASSES);
    }

    @Test
    void routesAreRegisteredInOnePlace() {
        noClasses()
                .that(resideInAPackage(ROOT + ".web")
                        .and(DescribedPredicate.not(describe(
                                "register routes or problems",
                                type -> Set.of("WebServer", "Problems").contains(type.getSimpleName())))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.javalin.config..")
                .check(CLASSES);
    }

    @Test
    void onlyAccountsLetsAnybodyIn() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage(ROOT + ".accounts")))
                .should()
                .callConstructorWhere(describe(
                        "makes a TeamScope", call -> call.getTargetOwner().isEquivalentTo(TeamScope.class)))
                .check(CLASSES);
    }

    @Test
    void namesSayWhatThingsAre() {
        classes()
                .that(describe(
                        "are not words of the field", type -> !WORDS_OF_THE_FIELD.contains(type.getSimpleName())))
                .should()
                .haveNameNotMatching(NAMES_THAT_SAY_NOTHING.pattern())
                .check(WRITTEN_BY_HAND);
    }

    @Test
    void nothingIsGot() {
        methods()
                .that(describe("override nothing of a library", ArchitectureTest::isOurOwn))
                .should()
                .haveNameNotMatching("get[A-Z].*")
                .check(WRITTEN_BY_HAND);
    }

    private static boolean isOurOwn(com.tngtech.archunit.core.domain.JavaMethod method) {
        var owner = method.getOwner();
        return Stream.concat(owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                .filter(parent -> !parent.getPackageName().startsWith(ROOT))
                .noneMatch(parent -> parent.getMethods().stream()
                        .anyMatch(inherited -> inherited.getName().equals(method.getName())));
    }

    private static boolean isCall(AccessTarget target, Class<?> owner, String name) {
        return target.getOwner().isEquivalentTo(owner) && target.getName().equals(name);
    }

    private static DescribedPredicate<JavaAccess<?>> calls(
            String what, java.util.function.Predicate<AccessTarget> predicate) {
        return describe("calls " + what, access -> predicate.test(access.getTarget()));
    }
}
