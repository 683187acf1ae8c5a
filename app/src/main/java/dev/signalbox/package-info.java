/** Wires the parts of the appliance together by hand; nothing else sees all of them. */
@NullMarked
package dev.signalbox;

import org.jspecify.annotations.NullMarked;
