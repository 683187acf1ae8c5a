package dev.signalbox.builds;

import dev.signalbox.builds.PythonProject.Installer;
import java.util.ArrayList;
import java.util.List;

/**
 * A Python app in a virtual environment.
 *
 * @param firstFile a file in the root of the repository that seldom changes
 * @param added distributions that are installed beside what the project asks for
 * @param collectsStatic whether Django gathers its static files
 */
record PythonRecipe(
        LanguageVersion version,
        PythonProject project,
        String firstFile,
        List<String> added,
        boolean collectsStatic,
        List<String> seen)
        implements Recipe {
    PythonRecipe {
        added = List.copyOf(added);
        seen = List.copyOf(seen);
    }

    @Override
    public String language() {
        return "Python";
    }

    @Override
    public String template() {
        return "python";
    }

    public boolean installs() {
        return project.installer() != Installer.NONE;
    }

    public boolean usesUv() {
        return project.installer() == Installer.UV;
    }

    public boolean sourceFirst() {
        return project.needsSource();
    }

    public boolean installsProject() {
        return project.isPackage();
    }

    /** The stage that the environment is taken from. */
    public String environmentStage() {
        return installsProject() ? "package" : "dependencies";
    }

    public String manifestList() {
        var words = new ArrayList<>(project.manifests());
        words.add("./");
        return ExecForm.plain(words);
    }

    /** Copied by itself, it makes the app's directory with the right owner, and from then on that step is cached. */
    public String first() {
        return ExecForm.plain(List.of(firstFile, "/app/"));
    }

    public String settings() {
        return usesUv()
                ? "UV_PROJECT_ENVIRONMENT=/opt/venv UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1"
                        + " UV_NO_PROGRESS=1"
                : "PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore";
    }

    /** What people know the installation by. */
    public String install() {
        return usesUv() ? "uv sync" : "pip install -r " + PythonProject.REQUIREMENTS;
    }

    public String installSteps() {
        return usesUv() ? sync() + " --no-install-project" : "python -m venv /opt/venv && /opt/venv/bin/" + install();
    }

    /** Brings the project itself into the environment, beside what is there. */
    public String installProject() {
        return sync() + " --no-editable --inexact";
    }

    private String sync() {
        return "uv sync --no-dev" + (project.manifests().contains(PythonProject.UV_LOCK) ? " --locked" : "");
    }

    public String addedList() {
        return String.join(" ", added);
    }

    public String add() {
        var command = usesUv() ? "uv pip install --python /opt/venv/bin/python " : "/opt/venv/bin/pip install ";
        return command + addedList();
    }

    public String tool() {
        return usesUv() ? "uv" : "pip";
    }

    public String cache() {
        return "/root/.cache/" + tool();
    }

    public String buildBase() {
        return "python:" + version.name();
    }

    public String runBase() {
        return buildBase() + "-slim";
    }

    @Override
    public List<String> bases() {
        return installs() ? List.of(buildBase(), runBase()) : List.of(runBase());
    }

    @Override
    public List<String> excluded() {
        return List.of("**/__pycache__", "**/.venv", "venv");
    }
}
