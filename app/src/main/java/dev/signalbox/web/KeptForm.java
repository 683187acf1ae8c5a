package dev.signalbox.web;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A form that came when nobody was signed in any more, or had to give the password first. It is carried along in the page
 * that asks, so that nothing that was typed is lost, and sent again by the person, not by us.
 */
record KeptForm(String action, List<Field> fields) {
    static final String ACTION = "kept_action";
    private static final String PREFIX = "kept.";
    private static final Pattern SECRETS = Pattern.compile("value|text");
    /** Never carried: who signs in next may be somebody else. */
    private static final Pattern PASSWORDS = Pattern.compile("password|current");

    KeptForm {
        fields = List.copyOf(fields);
    }

    /** @param secret whether it is shown as dots */
    record Field(String name, String value, boolean secret) {
        private static Field of(String name, String value) {
            return new Field(name, value, SECRETS.matcher(name).find());
        }

        public String keptName() {
            return PREFIX + name;
        }
    }

    /** The form that this request sent. */
    static KeptForm of(Context ctx) {
        return new KeptForm(ctx.path(), fields(Forms.fields(ctx), ""));
    }

    /** The form that a page has carried along; empty when it carries none, or one for somewhere else. */
    static Optional<KeptForm> carried(Context ctx) {
        return Optional.ofNullable(ctx.formParam(ACTION))
                .filter(SafePath::isOurs)
                .map(action -> new KeptForm(action, fields(ctx.formParamMap(), PREFIX)));
    }

    private static List<Field> fields(Map<String, List<String>> sent, String prefix) {
        var fields = new ArrayList<Field>();
        sent.forEach((name, values) -> {
            if (name.startsWith(prefix) && !PASSWORDS.matcher(name).find()) {
                var plain = name.substring(prefix.length());
                values.forEach(value -> fields.add(Field.of(plain, value)));
            }
        });
        return fields;
    }
}
