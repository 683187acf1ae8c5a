/**
 * What must not be read by others: the master key, values sealed with it, and a type that never prints itself.
 */
@NullMarked
package dev.signalbox.secrets;

import org.jspecify.annotations.NullMarked;
