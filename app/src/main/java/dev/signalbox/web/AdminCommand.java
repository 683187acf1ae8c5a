package dev.signalbox.web;

import java.util.function.Function;

/**
 * What can be asked over the local socket.
 *
 * @param arguments what it takes, read as strictly as a body of the API
 */
record AdminCommand<A extends Record>(Class<A> arguments, Function<A, Record> action) {
    Record run(byte[] json) {
        return action.apply(Bodies.parse(json, arguments));
    }
}
