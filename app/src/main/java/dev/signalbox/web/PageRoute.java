package dev.signalbox.web;

import dev.signalbox.web.Operation.Heading;
import dev.signalbox.web.Operation.Rule;

/**
 * A page of the panel, or what one of its forms does, declared in one place: where it is, who may, on what. Like an
 * {@link Operation} it can only be made through {@link Draft}, which gives none without a rule.
 *
 * @param form the fields that it takes
 * @param freshly whether the password has to be given again when that was a while ago
 * @param recorded whether the feature writes down itself what was done, in the same transaction
 */
record PageRoute<T, B extends Record>(
        Heading heading,
        Resource<T> resource,
        Rule rule,
        Class<B> form,
        boolean freshly,
        boolean recorded,
        Action<T, B> action) {
    /** What is shown or done for somebody who was let in. */
    @FunctionalInterface
    interface Action<T, B extends Record> {
        Reply act(PageCall<T, B> call);
    }

    /** The same, only for who has just proved who they are. */
    PageRoute<T, B> afterPassword() {
        return new PageRoute<>(heading, resource, rule, form, true, recorded, action);
    }

    /** The same, without a row of the audit log for what the feature has one for. */
    PageRoute<T, B> recordedByFeature() {
        return new PageRoute<>(heading, resource, rule, form, freshly, true, action);
    }

    PageRoute<T, B> under(Rule other) {
        return new PageRoute<>(heading, resource, other, form, freshly, recorded, action);
    }

    String id() {
        return heading.verb() + " " + heading.path();
    }
}
