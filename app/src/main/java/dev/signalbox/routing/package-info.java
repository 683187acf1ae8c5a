/**
 * Host names, the files Traefik reads, and the watchdog that keeps Traefik running.
 */
@NullMarked
package dev.signalbox.routing;

import org.jspecify.annotations.NullMarked;
