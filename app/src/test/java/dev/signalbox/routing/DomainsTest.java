package dev.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainsTest {
    @TempDir
    Path directory;

    private TestWorkloads workloads;
    private Domains domains;

    @BeforeEach
    void open() {
        workloads = new TestWorkloads(directory);
        domains = domainsUnder("apps.example");
    }

    @AfterEach
    void close() {
        workloads.close();
    }

    @Test
    void theDefaultNameSaysServiceProjectAndWhereNotProductionEnvironment() {
        assertThat(host("shop", "web", "production")).isEqualTo("web-shop.apps.example");
        assertThat(host("shop", "web", "staging")).isEqualTo("web-shop-staging.apps.example");
    }

    @Test
    void aServiceNamedLikeItsProjectIsNamedOnce() {
        assertThat(host("shop", "shop", "production")).isEqualTo("shop.apps.example");
        assertThat(host("shop", "shop", "staging")).isEqualTo("shop-staging.apps.example");
    }

    @Test
    void theNameIsClaimedOnceAndStays() {
        var workload = workloads.workload("shop", "web", "production");
        assertThat(domains.of(workload)).isEqualTo(domains.of(workload)).hasSize(1);
    }

    @Test
    void manyAreToldAtOnceAsOneByOne() {
        var shop = workloads.workload("shop", "web", "production");
        var blog = workloads.workload("blog", "web", "production");
        var known = domains.of(shop);
        var all = domains.of(List.of(shop, blog));
        assertThat(all).containsEntry(shop.id(), known).containsOnlyKeys(shop.id(), blog.id());
        assertThat(all.get(blog.id())).isEqualTo(domains.of(blog)).hasSize(1);
    }

    @Test
    void aNameThatIsTakenGetsASuffix() {
        assertThat(host("shop", "web", "staging")).isEqualTo("web-shop-staging.apps.example");
        assertThat(host("shop-staging", "web", "production")).matches("web-shop-staging-[0-9a-z]{4}\\.apps\\.example");
    }

    @Test
    void aNameThatIsTooLongIsCutAndGetsASuffix() {
        var longName = "a".repeat(29);
        var host = host(longName + "b", longName + "c", "staging");
        assertThat(host).matches("[a-c-]{58}-[0-9a-z]{4}\\.apps\\.example");
        assertThat(host.substring(0, host.indexOf('.'))).hasSize(63);
    }

    @Test
    void aNameIsNotCutBehindADash() {
        // 28 + 1 + 28 = 57 characters, then a dash.
        var host = host("b".repeat(28), "a".repeat(28), "staging");
        assertThat(host).matches("a{28}-b{28}-[0-9a-z]{4}\\.apps\\.example");
    }

    @Test
    void namesOfTheApplianceItselfAreNotGivenOut() {
        assertThat(host("mail", "mail", "production")).matches("mail-[0-9a-z]{4}\\.apps\\.example");
    }

    @Test
    void anotherBaseDomainMovesTheDefaultName() {
        var workload = workloads.workload("shop", "web", "production");
        assertThat(domains.of(workload)).containsExactly(new HostName("web-shop.apps.example"));
        assertThat(domainsUnder("localhost").of(workload)).containsExactly(new HostName("web-shop.localhost"));
    }

    @Test
    void manyAtOnceClaimOneName() throws Exception {
        var workload = workloads.workload("shop", "web", "production");
        Callable<String> claim = () -> domains.of(workload).toString();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var claims = IntStream.range(0, 20).mapToObj(_ -> claim).toList();
            for (var claimed : threads.invokeAll(claims)) {
                assertThat(claimed.get()).isEqualTo("[web-shop.apps.example]");
            }
        }
    }

    @Test
    void whatMeansTheApplianceOrThisMachineIsReserved() {
        var reserved = new ReservedHosts("apps.example");
        for (var host : new String[] {
            "apps.example",
            "panel.apps.example",
            "git.apps.example",
            "web-shop.apps.example",
            "x.y.apps.example",
            "shop.localhost",
            "db.internal",
            "seen.invalid"
        }) {
            assertThat(reserved.cover(new HostName(host))).as(host).isTrue();
        }
        for (var host : new String[] {"example.com", "myapps.example", "apps.example.com", "localhost.example"}) {
            assertThat(reserved.cover(new HostName(host))).as(host).isFalse();
        }
    }

    private Domains domainsUnder(String baseDomain) {
        return new Domains(workloads.db, Clock.systemUTC(), workloads.ids, baseDomain);
    }

    private String host(String project, String service, String environment) {
        return domains.of(workloads.workload(project, service, environment))
                .getFirst()
                .value();
    }
}
