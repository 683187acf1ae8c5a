package dev.signalbox.git;

/** Commands to copy: how people follow and cancel a deployment of theirs. */
record Links(String panelUrl, Destination destination) {
    String show(int number) {
        return "  " + curl("") + deployment(number);
    }

    String cancel(int number) {
        return "  " + curl("-X POST ") + deployment(number) + "/cancel";
    }

    private static String curl(String options) {
        return "curl " + options + "-H \"Authorization: Bearer $TOKEN\" ";
    }

    private String deployment(int number) {
        return panelUrl + "/api/v1/projects/" + destination.projectName() + "/services/" + destination.serviceName()
                + "/deployments/" + number;
    }
}
