package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.EngineExtension;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * For each package manager the repository that its own {@code init} makes, with a dependency in native code: built with
 * nothing in any cache, run without privileges, changed, and built again without installing anything.
 */
class ManagersIT {
    @RegisterExtension
    static final EngineExtension docker = new EngineExtension();

    private static final String NODE_APP = """
            const socket = require('unix-dgram');
            require('http')
                .createServer((request, response) => response.end(`uid ${process.getuid()}, ${typeof socket.createSocket}`))
                .listen(process.env.PORT);
            """;
    private static final String PYTHON_APP = """
            import os

            import psutil
            from flask import Flask

            app = Flask(__name__)


            @app.get("/")
            def home():
                return f"uid {os.getuid()}, {type(psutil.cpu_count).__name__}"
            """;
    private static final String GO_APP = """
            package main

            // #include <unistd.h>
            import "C"

            import (
            	"fmt"
            	"net/http"
            	"os"

            	"github.com/google/uuid"
            )

            func main() {
            	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
            		fmt.Fprintf(w, "uid %d, function %s", C.getuid(), uuid.Nil)
            	})
            	http.ListenAndServe(":"+os.Getenv("PORT"), nil)
            }
            """;

    enum Manager {
        NPM(
                "node:24",
                "npm init -y; npm install --package-lock-only unix-dgram",
                "index.js",
                NODE_APP,
                "npm ci --omit=dev"),
        PNPM("node:24", """
                npm install --global pnpm@10
                pnpm init
                pnpm add --lockfile-only --allow-build=unix-dgram unix-dgram
                rm -rf .pnpm-store
                """, "index.js", NODE_APP, "pnpm install --frozen-lockfile --prod"),
        YARN_CLASSIC("node:24", """
                npm install --global --force yarn@1.22.22
                yarn init -y
                yarn add --ignore-scripts unix-dgram
                """, "index.js", NODE_APP, "yarn install --frozen-lockfile --production"),
        YARN("node:24", """
                npm install --global --force @yarnpkg/cli-dist@4
                yarn init -y
                yarn config set enableScripts true
                yarn add --mode=skip-build node-gyp unix-dgram
                rm -rf .yarn
                """, "index.js", NODE_APP, "yarn workspaces focus --all --production"),
        PIP("python:3.13", """
                printf '%s\\n' flask 'psutil' --no-binary=psutil > requirements.txt
                """, "app.py", PYTHON_APP, "pip install -r requirements.txt"),
        UV("python:3.13", """
                pip install uv
                uv init
                printf '[tool.uv]\\nno-binary-package = ["psutil"]\\n' >> pyproject.toml
                uv add --no-sync flask psutil
                """, "src/demo/app.py", PYTHON_APP, "uv sync"),
        GO(
                "golang:1.26",
                "go mod init example.com/demo; go get github.com/google/uuid@v1.6.0",
                "main.go",
                GO_APP,
                null);

        private final String image;
        private final String init;
        private final String path;
        private final String app;
        private final String install;

        Manager(String image, String init, String path, String app, String install) {
            this.image = image;
            this.init = init;
            this.path = path;
            this.app = app;
            this.install = install;
        }
    }

    @TempDir
    Path directory;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(directory, docker.engine());
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @ParameterizedTest
    @EnumSource(Manager.class)
    void buildsAndRunsWhatItsToolMade(Manager manager) throws InterruptedException {
        var name = docker.name(manager.name().toLowerCase(Locale.ROOT));
        var tree = FreshRepository.make(docker.engine(), name + ":init", manager.image, manager.init)
                .with(manager.path, manager.app);

        try (var app = RunningApp.start(docker, workshop.build(name + ":1", tree))) {
            assertThat(app.text("/")).matches("uid 1000, .*function.*");
        }
        if (manager.install == null) return;
        assertThat(workshop.narration.lines()).contains("DONE: Installing dependencies (" + manager.install + ")");

        workshop.build(name + ":2", tree.with(manager.path, manager.app.replace("uid", "user")));
        assertThat(workshop.narration.lines())
                .contains("CACHED: Installing dependencies (" + manager.install + ")")
                .endsWith("DONE: Copying the source");
    }
}
