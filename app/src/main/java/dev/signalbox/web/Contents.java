package dev.signalbox.web;

import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Variables;
import dev.signalbox.projects.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What goes with a project, an environment or a service; nothing is deleted before the caller has named it. */
final class Contents {
    static final Parameter.Word CONFIRM =
            new Parameter.Word("confirm", "The name of what is to be deleted, as a confirmation.", 100);

    private final Projects projects;
    private final Variables variables;
    private final Function<Workload, List<String>> urls;

    Contents(Projects projects, Variables variables, Function<Workload, List<String>> urls) {
        this.projects = projects;
        this.variables = variables;
        this.urls = urls;
    }

    /**
     * What goes.
     *
     * @param urls what stops answering
     * @param variables how many settings are lost
     */
    record ContentsView(List<Name> environments, List<Name> services, List<String> urls, int variables) {
        /** 1 service, 2 environments, 12 variables: what there is of them. */
        List<String> counts() {
            var counts = new ArrayList<String>();
            if (!services.isEmpty()) counts.add(Sizes.count(services.size(), "service"));
            if (!environments.isEmpty()) counts.add(Sizes.count(environments.size(), "environment"));
            if (variables > 0) counts.add(Sizes.count(variables, "variable"));
            return counts;
        }

        /** 1 service, 2 environments and 12 variables go with it, for good. */
        String sentence() {
            var counts = counts();
            if (counts.isEmpty()) return "Nothing is in it.";
            var last = counts.removeLast();
            var said = counts.isEmpty() ? last : String.join(", ", counts) + " and " + last;
            return said + (counts.isEmpty() && last.startsWith("1 ") ? " goes" : " go") + " with it, for good.";
        }
    }

    record Removed(ContentsView removed) {}

    ContentsView of(Project project) {
        return view(
                projects.environments(project).stream().map(Environment::name).toList(),
                projects.services(project).stream().map(Service::name).toList(),
                projects.workloads(project));
    }

    ContentsView of(Project project, Environment environment) {
        var gone = projects.workloads(project).stream()
                .filter(workload -> workload.environment().equals(environment))
                .toList();
        return view(List.of(environment.name()), List.of(), gone);
    }

    ContentsView of(Project project, Service service) {
        var gone = projects.workloads(project).stream()
                .filter(workload -> workload.service().equals(service))
                .toList();
        return view(List.of(), List.of(service.name()), gone);
    }

    /** What goes, when the caller has confirmed by the name; else a refusal that says it. */
    ContentsView confirmed(Call<?, ?> call, Name name, ContentsView goes) {
        if (call.text(CONFIRM).filter(name.value()::equals).isPresent()) return goes;
        throw new Refusal(Problem.invalid(
                "confirmation_needed",
                CONFIRM.name(),
                "This deletes " + name + ". " + goes.sentence() + stops(goes) + " Nothing was deleted. To do it, add"
                        + " ?confirm=" + name + "."));
    }

    private ContentsView view(List<Name> environments, List<Name> services, List<Workload> gone) {
        var stopping = gone.stream()
                .filter(workload -> workload.state() != Workload.State.NOT_DEPLOYED)
                .flatMap(workload -> urls.apply(workload).stream())
                .toList();
        return new ContentsView(environments, services, stopping, variables.count(gone));
    }

    private static String stops(ContentsView goes) {
        return goes.urls().isEmpty() ? "" : " " + String.join(" and ", goes.urls()) + " stops answering.";
    }
}
