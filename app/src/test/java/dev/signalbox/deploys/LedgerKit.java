package dev.signalbox.deploys;

import dev.signalbox.projects.Workload;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of a ledger begin with: a service in two environments, of which nothing is written down. */
abstract class LedgerKit {
    @TempDir
    private Path directory;

    TestLedger books;
    Ledger ledger;
    Workload production;
    Workload staging;

    @BeforeEach
    void open() {
        books = new TestLedger(directory);
        ledger = books.ledger;
        var workloads = books.workloads("shop");
        production = workloads.getFirst();
        staging = workloads.getLast();
    }

    @AfterEach
    void close() {
        books.close();
    }
}
