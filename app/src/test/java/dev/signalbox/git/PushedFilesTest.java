package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushedFilesTest {
    @TempDir
    Path folder;

    private GitWorld world;
    private GitClient git;

    @BeforeEach
    void setUp() throws Exception {
        var usual = GitLimits.DEFAULT;
        world = new GitWorld(folder.resolve("data"), GitWorld.limits(usual.idle(), usual.silence()));
        git = world.client(folder.resolve("work"), "shop/web");
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {".git", ".GIT", ".git\u200c", "git~1", "..", "a\\.git"})
    void aNameThatGitOrAnotherFileSystemTakesForItsOwnIsRefused(String name) throws Exception {
        var result = pushTree(tree("040000 tree " + tree("100644 blob " + blob("x") + "\tconfig") + "\t" + name));

        assertThat(result.exit()).as(result.text()).isEqualTo(1);
        assertThat(result.text())
                .contains("remote: Nothing was deployed: these paths are not allowed,")
                .contains("remote:   " + Terminal.path(name).stripTrailing() + "\n")
                .contains("! [remote rejected] main -> main (path not allowed)");
        leavesNothing();
    }

    @Test
    void aForbiddenPathIsShownWhole() throws Exception {
        var inner = tree("100644 blob " + blob("x") + "\t.git");
        var result = pushTree(tree("040000 tree " + tree("040000 tree " + inner + "\tb") + "\ta"));

        assertThat(result.text()).contains("remote:   a/b/.git\n");
        leavesNothing();
    }

    @Test
    void aForbiddenPathInAnEarlierCommitIsRefused() throws Exception {
        var evil = commit(tree("040000 tree " + tree("100644 blob " + blob("x") + "\tconfig") + "\t.git"));
        var clean = git.ok("commit-tree", "-m", "Clean", "-p", evil, tree("100644 blob " + blob("x") + "\tindex.html"))
                .strip();

        var result = git.run("push", "signalbox", clean + ":refs/heads/main");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text()).contains("an earlier commit has a path that git would take for its own");
        leavesNothing();
    }

    @Test
    void namesThatOnlyLookAlikeAreFine() throws Exception {
        for (var name :
                new String[] {".gitignore", ".github/workflows/x.yml", "git", "..x", "a.git", ".git2", "...", "git~2"
                }) {
            git.write(name.equals("a.git") ? "a.git/x" : name, "x");
        }
        git.commit("Fine");

        assertThat(git.run("push", "signalbox", "main").exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"config, /etc/shadow", "config, ..", "a/config, ../../x"})
    void aLinkOutOfTheRepositoryIsRefused(String path, String target) throws Exception {
        var link = "120000 blob " + blob(target) + "\tconfig";
        var result = pushTree(path.startsWith("a/") ? tree("040000 tree " + tree(link) + "\ta") : tree(link));

        assertThat(result.exit()).as(result.text()).isEqualTo(1);
        assertThat(result.text())
                .contains("remote: Nothing was deployed: symbolic links lead out of the repository:")
                .contains("remote:   " + path + " -> " + target)
                .contains("! [remote rejected] main -> main (link out of the repository)");
        leavesNothing();
    }

    @Test
    void linksInsideTheRepositoryAreFine() throws Exception {
        var link = tree("120000 blob " + blob("../other/./file") + "\tlink");
        var result = pushTree(tree("040000 tree " + link + "\ta\n120000 blob " + blob("a") + "\tb"));

        assertThat(result.exit()).as(result.text()).isZero();
    }

    @Test
    void aSubmoduleIsRefusedWithASentence() throws Exception {
        var sub = commit(tree("100644 blob " + blob("x") + "\tx"));
        var result = pushTree(tree("160000 commit " + sub + "\tlib"));

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text())
                .contains("""
                remote: Nothing was deployed: submodules are not fetched, so these folders would be empty in the build:
                remote:   lib
                remote: Put their files into the repository (git rm --cached <folder>, remove its .git, git add), and push \
                again.
                """)
                .contains("! [remote rejected] main -> main (submodules are not fetched)");
        leavesNothing();
    }

    @ParameterizedTest
    @CsvSource({"../../x, -x", "lib, --upload-pack=touch x", "-lib, https://example.org/x.git"})
    void aSubmoduleThatMeansHarmIsRefused(String path, String url) throws Exception {
        git.write(".gitmodules", "[submodule \"lib\"]\n\tpath = " + path + "\n\turl = " + url + "\n");
        git.commit("Evil");

        var result = git.run("push", "signalbox", "main");

        assertThat(result.exit()).as(result.text()).isEqualTo(1);
        assertThat(result.text()).contains("Nothing was deployed: the push has an invalid object:");
        leavesNothing();
    }

    @Test
    void filesInLfsAreRefusedWithASentence() throws Exception {
        var pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 12345\n";
        git.write("public/logo.png", pointer).write("readme", "about lfs");
        git.commit("No attributes, no pointer");
        assertThat(git.run("push", "signalbox", "main").exit()).isZero();

        git.write(".gitattributes", "*.png filter=lfs diff=lfs merge=lfs -text\n");
        git.ok("-c", "filter.lfs.clean=cat", "-c", "filter.lfs.required=false", "add", "--all");
        git.ok("commit", "--quiet", "-m", "Pointers");
        var result = git.run("push", "signalbox", "main");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text()).contains("""
                remote: Nothing was deployed: files are kept in Git LFS, which this remote does not have. The build would \
                get pointers in their place:
                remote:   public/logo.png
                remote: Put them into git itself (git lfs migrate export --include="*" --everything), and push again.
                """).contains("! [remote rejected] main -> main (files are in Git LFS)");
        assertThat(world.listener.pushes).hasSize(1);
    }

    @Test
    void onlyTheFirstOfManyPathsAreListed() throws Exception {
        var entries = IntStream.range(10, 30)
                .mapToObj(index -> "120000 blob " + "%LINK%" + "\tlink" + index)
                .collect(Collectors.joining("\n"));
        var result = pushTree(tree(entries.replace("%LINK%", blob("/etc/passwd"))));

        assertThat(result.remote())
                .contains("link10 -> /etc/passwd", "link14 -> /etc/passwd", "and 15 more")
                .doesNotContain("link15 -> /etc/passwd");
    }

    @Test
    void aCommitWithTooManyEntriesIsRefused() throws Exception {
        // Ten folders of ten folders of ten files, out of three objects.
        var level = tree(ten("100644 blob " + blob("x"), ""));
        level = tree(ten("040000 tree " + level, ""));
        var result = pushTree(tree(ten("040000 tree " + level, "")));

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text()).contains("""
                remote: Nothing was deployed: the commit has more than 500 files and folders.
                remote: Take out what is made by a build or an install, such as node_modules, and push again.
                """);
        leavesNothing();
    }

    @Test
    void aCommitWhosePathsTakeTooMuchIsRefused() throws Exception {
        var level = tree(ten("100644 blob " + blob("x"), "n".repeat(1000)));
        var result = pushTree(tree(ten("040000 tree " + tree(ten("040000 tree " + level, "")), "")));

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text()).contains("""
                remote: Nothing was deployed: the paths of the commit's files and folders take more than 256 KB together.
                remote: Take out what is made by a build or an install, such as node_modules, and push again.
                """).contains("! [remote rejected] main -> main (paths too long)");
        leavesNothing();
    }

    @Test
    void aPathWithoutEndIsRefused() throws Exception {
        var deep = tree("100644 blob " + blob("x") + "\tx");
        for (int depth = 0; depth < 60; depth++) deep = tree("040000 tree " + deep + "\t" + "d".repeat(100));
        var result = pushTree(deep);

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text()).contains("these paths are not allowed");
        leavesNothing();
    }

    private static String ten(String entry, String name) {
        return IntStream.range(0, 10)
                .mapToObj(index -> entry + "\t" + name + index)
                .collect(Collectors.joining("\n"));
    }

    private GitClient.Result pushTree(String tree) throws Exception {
        git.ok("update-ref", "refs/heads/main", commit(tree));
        return git.run("push", "signalbox", "main");
    }

    private String commit(String tree) throws Exception {
        return git.ok("commit-tree", "-m", "Made by hand", tree).strip();
    }

    private String blob(String text) throws Exception {
        return git.feed(text, "hash-object", "-w", "--stdin").strip();
    }

    /** Writes a tree as git itself would not: with any names. */
    private String tree(String entries) throws Exception {
        var bytes = new ByteArrayOutputStream();
        for (var entry : entries.split("\n", -1)) {
            var words = entry.split("[ \t]", 4);
            bytes.write((words[0].replaceFirst("^0", "") + " " + words[3] + "\0").getBytes(StandardCharsets.UTF_8));
            bytes.write(HexFormat.of().parseHex(words[2]));
        }
        return git.feed(bytes.toByteArray(), "hash-object", "-w", "-t", "tree", "--literally", "--stdin")
                .strip();
    }

    private void leavesNothing() throws Exception {
        assertThat(world.projects.list(world.team)).isEmpty();
        assertThat(world.stored()).isEmpty();
        assertThat(world.listener.pushes).isEmpty();
    }
}
