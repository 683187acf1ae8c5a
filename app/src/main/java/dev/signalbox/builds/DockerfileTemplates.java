package dev.signalbox.builds;

import dev.signalbox.engine.ContainerCommand;
import java.util.Map;
import java.util.Optional;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Writes the Dockerfile of a recipe from its language's template. */
final class DockerfileTemplates {
    private DockerfileTemplates() {}

    /** The engine is large, and most of the time nothing is built: it is made when it is first needed. */
    private static final class Engine {
        private static final TemplateEngine INSTANCE = make();

        private static TemplateEngine make() {
            var templates = new ClassLoaderTemplateResolver(DockerfileTemplates.class.getClassLoader());
            templates.setPrefix("templates/dockerfiles/");
            templates.setSuffix(".Dockerfile");
            templates.setTemplateMode(TemplateMode.TEXT);
            var engine = new TemplateEngine();
            engine.setTemplateResolver(templates);
            return engine;
        }
    }

    static String render(Recipe recipe, Optional<ContainerCommand> command, Caches caches) {
        var context = new Context();
        context.setVariables(Map.of("recipe", recipe, "caches", caches));
        context.setVariable(
                "command", command.map(run -> ExecForm.of(run.argv())).orElse(null));
        return tidy(Engine.INSTANCE.process(recipe.template(), context));
    }

    /** A condition that does not hold leaves its empty line behind: stages are set off by one such line, nothing else is. */
    private static String tidy(String text) {
        var lines = text.replaceAll("[ \\t]+(?=\\n)", "")
                .replaceAll("\\n{2,}", "\n")
                .strip();
        return lines.replaceAll("\\n(?=FROM )", "\n\n") + "\n";
    }
}
