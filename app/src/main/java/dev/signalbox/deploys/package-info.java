/**
 * The queue, the run, health, releases, roll back, and the reconciler that keeps Docker as the database says.
 */
@NullMarked
package dev.signalbox.deploys;

import org.jspecify.annotations.NullMarked;
