package dev.signalbox.web;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.Invitations;
import dev.signalbox.accounts.Members;
import dev.signalbox.accounts.People;
import dev.signalbox.accounts.Sessions;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.git.GitRemote;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Variables;
import dev.signalbox.projects.Workload;
import dev.signalbox.space.Space;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the HTTP interface is an interface to.
 *
 * @param urls where a service in an environment answers
 * @param machine how much room there is; empty where that cannot be read
 */
public record Features(
        Accounts accounts,
        Audit audit,
        Projects projects,
        Variables variables,
        Deploys deploys,
        Logs logs,
        GitRemote git,
        Function<Workload, List<String>> urls,
        Addresses addresses,
        Supplier<Optional<MachineLoad>> machine,
        Space space,
        People people,
        Sessions sessions,
        Members members,
        Invitations invitations) {}
