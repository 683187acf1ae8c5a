package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.deploys.Asked;
import dev.signalbox.deploys.Cause;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.deploys.State;
import dev.signalbox.deploys.SwitchScore;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Resources.ProjectService;
import dev.signalbox.web.Resources.ServiceDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deployments and releases of a service: ask for one, watch it, cancel it. */
final class DeploymentsApi {
    private static final Parameter.Whole LIMIT = new Parameter.Whole("limit", "How many of the newest.", 1, 200, 50);

    private final Resources resources;
    private final Projects projects;
    private final Deploys deploys;

    DeploymentsApi(Resources resources, Projects projects, Deploys deploys) {
        this.resources = resources;
        this.projects = projects;
        this.deploys = deploys;
    }

    List<Operation<?, ?, ?>> operations() {
        var workload = resources.workload();
        var deployment = resources.deployment();
        return List.of(
                workload.post(
                                "/deployments",
                                "deployments.create",
                                "Deploys the newest release again, or an earlier one.")
                        .needs(Permission.DEPLOY)
                        .takes(NewDeployment.class)
                        .answers(202, DeploymentView.class, this::create),
                workload.get("/releases", "releases.list", "What has run here and can run again, newest first.")
                        .needs(Permission.READ_DEPLOYMENTS)
                        .answers(200, ReleaseList.class, this::releases),
                resources
                        .service()
                        .get("/deployments", "deployments.list", "Deployments in all environments, newest first.")
                        .needs(Permission.READ_DEPLOYMENTS)
                        .with(LIMIT)
                        .answers(200, DeploymentList.class, this::list),
                deployment
                        .get("", "deployments.show", "One deployment with its steps.")
                        .needs(Permission.READ_DEPLOYMENTS)
                        .answers(200, DeploymentView.class, this::show),
                deployment
                        .post("/cancel", "deployments.cancel", "Ends a deployment that is queued or under way.")
                        .needs(Permission.DEPLOY)
                        .answers(202, DeploymentView.class, this::cancel));
    }

    /**
     * What to deploy.
     *
     * @param release the number of the release to go back to; only with rollback
     */
    record NewDeployment(DeploymentKind kind, @Nullable Long release) {}

    record DeploymentView(
            String self,
            long number,
            Name environment,
            Cause cause,
            State state,
            @Nullable String reason,
            @Nullable String commit,
            @Nullable String subject,
            String actor,
            @Nullable Long release,
            @Nullable Long replaces,
            @Nullable Long supersededBy,
            Instant queuedAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            List<StepView> steps,
            @Nullable SwitchView switchScore)
            implements Located {}

    record StepView(
            String name,
            String state,
            @Nullable String detail,
            Instant startedAt,
            @Nullable Instant finishedAt) {}

    /**
     * How the route answered, asked ten times a second, while its requests moved to this release.
     *
     * @param complete false when Signalbox was stopped meanwhile; then nothing was counted
     * @param failed how often there was no answer, or 502, 503 or 504
     * @param failuresMillis when the first of those that failed were asked, after the beginning
     */
    record SwitchView(
            Instant beganAt,
            @Nullable Instant endedAt,
            boolean complete,
            long asked,
            long failed,
            long slowestMillis,
            List<Long> failuresMillis) {
        static SwitchView of(SwitchScore score) {
            return new SwitchView(
                    score.beganAt(),
                    score.endedAt(),
                    score.isComplete(),
                    score.asked(),
                    score.failed(),
                    score.slowest().toMillis(),
                    score.failures().stream().map(Duration::toMillis).toList());
        }
    }

    record DeploymentList(List<DeploymentView> deployments) {}

    record ReleaseView(long number, @Nullable String commit, Instant createdAt, boolean good) {}

    record ReleaseList(List<ReleaseView> releases) {}

    private DeploymentView create(Call<Workload, NewDeployment> call) {
        var workload = call.resource();
        var deployment = DeploymentProblems.queued(
                workload, ask(workload, call.body(), call.caller().actor()));
        call.note("deployment " + deployment.number());
        return view(workload.project(), workload.service(), deployment);
    }

    private Asked ask(Workload workload, NewDeployment wanted, String actor) {
        var release = wanted.release();
        return switch (wanted.kind()) {
            case REDEPLOY -> {
                if (release != null) {
                    throw new Refusal(Problem.invalid(
                            "release_unexpected", "release", "Leave it out, or use the kind rollback."));
                }
                yield deploys.redeploy(workload, actor);
            }
            case ROLLBACK -> {
                if (release == null) {
                    throw new Refusal(
                            Problem.invalid("required", "release", "Say the number of the release to go back to."));
                }
                yield deploys.rollback(workload, release, actor);
            }
        };
    }

    private DeploymentList list(Call<ProjectService, Nothing> call) {
        var service = call.resource().service();
        return new DeploymentList(deploys.recent(service, call.number(LIMIT)).stream()
                .map(deployment -> view(call.resource().project(), service, deployment))
                .toList());
    }

    private DeploymentView show(Call<ServiceDeployment, Nothing> call) {
        return view(call.resource());
    }

    private DeploymentView cancel(Call<ServiceDeployment, Nothing> call) {
        var deployment = call.resource().deployment();
        DeploymentProblems.requireCancelled(
                deployment, deploys.cancel(deployment, call.caller().actor()));
        var now = deploys.find(call.resource().service(), deployment.number()).orElse(deployment);
        return view(call.resource().project(), call.resource().service(), now);
    }

    private ReleaseList releases(Call<Workload, Nothing> call) {
        return new ReleaseList(deploys.releases(call.resource()).stream()
                .map(release ->
                        new ReleaseView(release.number(), release.commit(), release.createdAt(), release.good()))
                .toList());
    }

    private DeploymentView view(ServiceDeployment found) {
        return view(found.project(), found.service(), found.deployment());
    }

    private DeploymentView view(Project project, Service service, Deployment deployment) {
        return new DeploymentView(
                Links.deployment(project, service, deployment.number()),
                deployment.number(),
                environmentOf(deployment),
                deployment.cause(),
                deployment.state(),
                deployment.reason(),
                deployment.commit(),
                deployment.subject(),
                deployment.actor(),
                deployment.release(),
                deployment.replaces(),
                deployment.supersededBy(),
                deployment.queuedAt(),
                deployment.startedAt(),
                deployment.finishedAt(),
                deploys.steps(deployment).stream()
                        .map(step -> new StepView(
                                step.name(), step.state(), step.detail(), step.startedAt(), step.finishedAt()))
                        .toList(),
                deploys.scores().of(deployment).map(SwitchView::of).orElse(null));
    }

    private Name environmentOf(Deployment deployment) {
        return projects.findWorkload(deployment.workloadId())
                .map(workload -> workload.environment().name())
                .orElseThrow(() -> new Refusal(Problem.NOT_FOUND));
    }
}
