package dev.signalbox.web;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Renders pages, whole or one fragment of them; every text in them is escaped. */
final class Views {
    private static final String PAGES = "templates/pages/";

    /** Made when the first page is shown. */
    private static final class Engine {
        private static final TemplateEngine ENGINE = make();

        private static TemplateEngine make() {
            RecordProperties.register();
            var resolver = new ClassLoaderTemplateResolver(Views.class.getClassLoader());
            resolver.setPrefix(PAGES);
            resolver.setSuffix(".html");
            resolver.setTemplateMode(TemplateMode.HTML);
            resolver.setCharacterEncoding("UTF-8");
            var engine = new TemplateEngine();
            engine.setTemplateResolver(resolver);
            return engine;
        }
    }

    /** @param fragment the id of the element to render; null for the whole page */
    String render(String template, @Nullable String fragment, Map<String, Object> model) {
        var context = new Context(Locale.ROOT, model);
        return fragment == null
                ? Engine.ENGINE.process(template, context)
                : Engine.ENGINE.process(template, Set.of("#" + fragment), context);
    }
}
