/**
 * From a source tree to an image: detect the language, write the Dockerfile, let BuildKit run it.
 *
 * <p>{@link dev.signalbox.builds.Builds} is the door. A {@link dev.signalbox.builds.Detector} per language turns a tree
 * into a {@link dev.signalbox.builds.Recipe}, its template in {@code templates/dockerfiles} turns that into a Dockerfile,
 * and the engine builds it. Everything up to the engine is a pure function of the tree.
 */
@NullMarked
package dev.signalbox.builds;

import org.jspecify.annotations.NullMarked;
