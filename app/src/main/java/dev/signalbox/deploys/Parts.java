package dev.signalbox.deploys;

import dev.signalbox.builds.Builds;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.engine.Engine;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Variables;
import dev.signalbox.routing.Routing;
import dev.signalbox.secrets.Sealer;
import dev.signalbox.space.Space;
import java.time.Clock;

/**
 * What deployments are made with.
 *
 * @param sealer made for {@code releases.sealed_variables}
 */
public record Parts(
        Db db,
        Sealer sealer,
        Clock clock,
        Ids ids,
        Engine engine,
        Builds builds,
        Routing routing,
        Logs logs,
        Projects projects,
        Variables variables,
        Sources sources,
        Space space) {}
