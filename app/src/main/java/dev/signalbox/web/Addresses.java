package dev.signalbox.web;

import dev.signalbox.projects.Workload;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Where services answer.
 *
 * @param ofAll the addresses of many services in environments, by the id of the workload
 * @param ofLabel what the address of something that is called this would be
 * @param owner the id of the workload whose host name this is
 */
public record Addresses(
        Function<Collection<Workload>, Map<String, List<String>>> ofAll,
        UnaryOperator<String> ofLabel,
        Function<String, Optional<String>> owner) {}
