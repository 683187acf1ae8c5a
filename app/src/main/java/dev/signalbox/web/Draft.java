package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.web.Operation.Action;
import dev.signalbox.web.Operation.Heading;
import dev.signalbox.web.Operation.Input;
import dev.signalbox.web.Operation.Output;
import dev.signalbox.web.Operation.Rule;
import java.util.List;

/** An operation of the API, or a page, on its way to being whole: first the rule, then what goes in, last what comes out. */
record Draft<T, B extends Record>(Heading heading, Resource<T> resource, Rule rule, Input<B> input) {
    /** Before the rule there is nothing that could be registered. */
    record Unruled<T>(Heading heading, Resource<T> resource) {
        Draft<T, Nothing> needs(Permission permission) {
            return under(new Rule.Needs(permission));
        }

        Draft<T, Nothing> anyToken(String why) {
            return under(new Rule.Everybody(why));
        }

        Draft<T, Nothing> everyMember(String why) {
            return under(new Rule.Everybody(why));
        }

        private Draft<T, Nothing> under(Rule rule) {
            return new Draft<>(heading, resource, rule, new Input<>(Nothing.class, List.of()));
        }
    }

    /** The body of a request that has none. */
    record Nothing() {}

    <C extends Record> Draft<T, C> takes(Class<C> body) {
        return new Draft<>(heading, resource, rule, new Input<>(body, input.parameters()));
    }

    Draft<T, B> with(Parameter parameter) {
        return new Draft<>(heading, resource, rule, input.plus(parameter));
    }

    PageRoute<T, B> page(PageRoute.Action<T, B> action) {
        return new PageRoute<>(heading, resource, rule, input.body(), false, false, action);
    }

    <R extends Record> Operation<T, B, R> answers(int status, Class<R> type, Action<T, B, R> action) {
        return new Operation<>(heading, resource, rule, input, new Output<>(status, type, action, List.of()));
    }
}
