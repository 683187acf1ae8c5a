package dev.signalbox.git;

import dev.signalbox.projects.Name;

/** Where people follow a deployment of theirs, and the command that cancels it. */
record Links(String panelUrl, Destination destination, Name environment) {
    String page(int number) {
        return "  " + panelUrl + "/projects/" + destination.projectName() + "/environments/" + environment
                + "/services/" + destination.serviceName() + "/deployments/" + number;
    }

    String cancel(int number) {
        return "  curl -X POST -H \"Authorization: Bearer $TOKEN\" " + panelUrl + "/api/v1/projects/"
                + destination.projectName() + "/services/" + destination.serviceName() + "/deployments/" + number
                + "/cancel";
    }
}
