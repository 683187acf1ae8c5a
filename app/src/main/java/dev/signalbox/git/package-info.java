/**
 * The remote people push to: repositories, smart HTTP, and what git prints while a push deploys.
 */
@NullMarked
package dev.signalbox.git;

import org.jspecify.annotations.NullMarked;
