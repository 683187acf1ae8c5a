/**
 * Projects, their environments and services, and the variables of a service in an environment.
 */
@NullMarked
package dev.signalbox.projects;

import org.jspecify.annotations.NullMarked;
