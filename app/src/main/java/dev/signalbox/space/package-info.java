/**
 * Room on the machine: how full its disks are, what takes them up, and who may begin something that needs more of it.
 *
 * <p>{@link dev.signalbox.space.Space} is the door. It measures every few seconds, trims the cache of builds while nothing is
 * built, and keeps a file in reserve that is given up when nothing else is left. Builds come in through
 * {@link dev.signalbox.space.BuildRoom}.
 */
@NullMarked
package dev.signalbox.space;

import org.jspecify.annotations.NullMarked;
