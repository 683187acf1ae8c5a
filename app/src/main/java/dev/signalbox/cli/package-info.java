/**
 * The command line; it talks to a running appliance and imports no feature.
 */
@NullMarked
package dev.signalbox.cli;

import org.jspecify.annotations.NullMarked;
