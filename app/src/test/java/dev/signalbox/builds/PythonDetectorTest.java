package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.builds.Detector.Detection;
import dev.signalbox.builds.PythonProject.Installer;
import dev.signalbox.engine.ContainerCommand;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonDetectorTest {
    private static final String MANAGE = """
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
            """;

    @Test
    void djangoRunsUnderGunicornAndCollectsItsStaticFiles() {
        var tree = MapTree.of(
                "requirements.txt", "Django>=5\nwhitenoise\n",
                "manage.py", MANAGE,
                "shop/wsgi.py", "",
                "shop/settings.py", "STATIC_ROOT = BASE_DIR / 'static'\n");

        assertThat(detect(tree).command()).hasValue(new ContainerCommand(List.of("gunicorn", "shop.wsgi")));
        assertThat(recipe(tree).added()).containsExactly("gunicorn");
        assertThat(recipe(tree).collectsStatic()).isTrue();
        assertThat(recipe(tree).seen()).contains("gunicorn is not among the dependencies and is installed as well");
    }

    @Test
    void djangoWithItsServerInstalledAddsNothing() {
        var tree = MapTree.of(
                "requirements.txt", "-r base.txt\nGunicorn==23.0 ; python_version > '3'\n",
                "base.txt", "django\n",
                "manage.py", MANAGE,
                "shop/wsgi.py", "");

        assertThat(recipe(tree).added()).isEmpty();
        assertThat(recipe(tree).project().manifests()).containsExactly("requirements.txt", "base.txt");
        assertThat(recipe(tree).collectsStatic()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "main.py; app = FastAPI(; main:app",
                "app/main.py; api: FastAPI = FastAPI(; app.main:api",
                "src/server.py; app = fastapi.FastAPI(; src.server:app",
                "app/__init__.py; app = FastAPI(; app:app",
            })
    void findsTheFastApiApp(String path, String text, String app) {
        var tree = MapTree.of("requirements.txt", "fastapi\nuvicorn\n", path, "import fastapi\n" + text + ")\n");
        assertThat(detect(tree).command())
                .hasValue(ContainerCommand.shell("uvicorn " + app + " --host 0.0.0.0 --port $PORT"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "app.py; app = Flask(__name__); app:app",
                "wsgi.py; application = flask.Flask(__name__); wsgi:application",
                "shop/__init__.py; def create_app(config=None); shop:create_app()",
                "shop/__init__.py; def create_app(); shop:create_app()",
            })
    void findsTheFlaskApp(String path, String text, String app) {
        var tree = MapTree.of("requirements.txt", "flask\n", path, text + "\n");
        assertThat(detect(tree).command()).hasValue(new ContainerCommand(List.of("gunicorn", app)));
    }

    @Test
    void aFactoryThatNeedsArgumentsIsNotCalled() {
        var tree = MapTree.of("requirements.txt", "flask\n", "shop/__init__.py", "def create_app(config):\n");
        assertThat(new PythonDetector().detect(new SourceFiles(tree), Procfile.NONE))
                .isInstanceOf(Detection.Incomplete.class);
    }

    @Test
    void runsAScript() {
        var tree = MapTree.of("bot.py", "", "hello.py", "");
        assertThat(detect(tree).command()).hasValue(new ContainerCommand(List.of("python", "bot.py")));
        assertThat(recipe(tree).installs()).isFalse();
        assertThat(recipe(tree).bases()).containsExactly("python:3.13-slim");
    }

    @Test
    void uvProjectsRunTheirCommandOnceInstalled() {
        var tree = MapTree.of(
                "uv.lock",
                "",
                "requirements.txt",
                "",
                "pyproject.toml",
                """
                [project]
                name = "demo"
                requires-python = ">=3.12"
                dependencies = ["httpx>=0.28"]
                [project.scripts]
                demo = "demo:main"
                [build-system]
                requires = ["uv_build"]
                """,
                "src/demo/__init__.py",
                "def main(): ...\n");

        assertThat(detect(tree).command()).hasValue(new ContainerCommand(List.of("demo")));
        assertThat(recipe(tree).project().installer()).isEqualTo(Installer.UV);
        assertThat(recipe(tree).installsProject()).isTrue();
        assertThat(recipe(tree).seen())
                .contains("There are uv.lock and requirements.txt; uv.lock is used")
                .contains("Python 3.13: requires-python in pyproject.toml asks for >=3.12");
    }

    @Test
    void modulesOfAnInstalledPackageAreImportedWithoutSrc() {
        var tree = MapTree.of("uv.lock", "", "pyproject.toml", """
                [project]
                dependencies = ["Flask>=3"]
                [build-system]
                requires = ["uv_build"]
                """, "src/demo/app.py", "app = Flask(__name__)\n");
        assertThat(detect(tree).command()).hasValue(new ContainerCommand(List.of("gunicorn", "demo.app:app")));
    }

    @Test
    void localRequirementsNeedTheSource() {
        assertThat(project("-e .\n").needsSource()).isTrue();
        assertThat(project("./vendor/thing\n").needsSource()).isTrue();
        assertThat(project("-r requirements/base.txt\n").needsSource()).isTrue();
        assertThat(project("--index-url https://packages.test/simple\nflask\n").needsSource())
                .isFalse();
    }

    private static PythonProject project(String requirements) {
        return PythonProject.of(
                new SourceFiles(MapTree.of("requirements.txt", requirements, "requirements/base.txt", "flask\n")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ".python-version; 3.13",
                ".python-version; cpython-3.13.2",
                "runtime.txt; python-3.13.1",
                ".tool-versions; python 3.13.5",
            })
    void readsVersionFiles(String path, String text) {
        assertThat(recipe(MapTree.of("main.py", "", path, text)).version().reason())
                .startsWith(path + " asks for ");
    }

    @Test
    void saysWhichVersionThereIs() {
        assertThatThrownBy(() -> detect(MapTree.of("main.py", "", "runtime.txt", "python-3.9.1")))
                .hasMessage("This app asks for Python python-3.9.1 (runtime.txt); there is Python 3.13."
                        + " Change it there, or bring a Dockerfile.");
    }

    @Test
    void namesTheLineOfBrokenToml() {
        assertThatThrownBy(() -> detect(MapTree.of("pyproject.toml", "[project]\nname = \n", "main.py", "")))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("pyproject.toml:2: this is no valid TOML: ");
    }

    @Test
    void saysWhatOtherManagersShouldWrite() {
        assertThat(new PythonDetector()
                        .detect(
                                new SourceFiles(
                                        MapTree.of("poetry.lock", "", "pyproject.toml", "[tool.poetry]\n", "a.py", "")),
                                Procfile.NONE))
                .isEqualTo(
                        new Detection.Incomplete(
                                "poetry.lock is not read yet; write a requirements.txt or a [project] table in pyproject.toml"));
    }

    @Test
    void aScriptBesidePackageJsonIsATool() {
        assertThat(new PythonDetector()
                        .detect(new SourceFiles(MapTree.of("package.json", "{}", "main.py", "")), Procfile.NONE))
                .isEqualTo(Detection.NOT_THIS);
    }

    private static Detection.Found detect(MapTree tree) {
        return (Detection.Found) new PythonDetector().detect(new SourceFiles(tree), Procfile.NONE);
    }

    private static PythonRecipe recipe(MapTree tree) {
        return (PythonRecipe) detect(tree).recipe();
    }
}
