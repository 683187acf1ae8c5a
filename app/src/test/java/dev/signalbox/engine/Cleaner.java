package dev.signalbox.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Removes from Docker whatever carries the mark of certain instances. */
final class Cleaner {
    private final DockerConnection connection;

    Cleaner(DockerConnection connection) {
        this.connection = connection;
    }

    void remove(Predicate<String> instance) {
        connection.change("clean up after tests", session -> {
            var docker = session.docker();
            for (var container : containers(docker)) {
                if (carries(container.getLabels(), instance)) {
                    attempt(() -> docker.removeContainerCmd(container.getId())
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec());
                }
            }
            for (var network : docker.listNetworksCmd().exec()) {
                if (carries(network.getLabels(), instance)) {
                    attempt(() -> docker.removeNetworkCmd(network.getId()).exec());
                }
            }
            for (var image : images(docker)) {
                if (carries(image.getLabels(), instance)) {
                    attempt(() ->
                            docker.removeImageCmd(image.getId()).withForce(true).exec());
                }
            }
        });
    }

    private static List<Container> containers(DockerClient docker) {
        return docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(Ownership.LABEL))
                .exec();
    }

    private static List<Image> images(DockerClient docker) {
        return docker.listImagesCmd().withLabelFilter(Ownership.LABEL).exec();
    }

    private static boolean carries(Map<String, String> labels, Predicate<String> instance) {
        var name = labels == null ? null : labels.get(Ownership.LABEL);
        return name != null && instance.test(name);
    }

    /** Another run may be cleaning up after the same crash. */
    private static void attempt(Runnable removal) {
        try {
            removal.run();
        } catch (DockerException e) {
            System.err.println("not cleaned up: " + DockerErrors.message(e));
        }
    }
}
