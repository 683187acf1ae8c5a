/**
 * Docker, in our own words: containers, images, networks, builds, events.
 *
 * <p>The only package that sees docker-java. Others speak to the {@link dev.signalbox.engine.Engine} interface and its
 * records; what Docker refuses or cannot do arrives as an {@link dev.signalbox.engine.EngineException}.
 */
@NullMarked
package dev.signalbox.engine;

import org.jspecify.annotations.NullMarked;
