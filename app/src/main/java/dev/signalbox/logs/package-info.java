/**
 * What containers and deployments print, kept in bounded files and followed live.
 */
@NullMarked
package dev.signalbox.logs;

import org.jspecify.annotations.NullMarked;
