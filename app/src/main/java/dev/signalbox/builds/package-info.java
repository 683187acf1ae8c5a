/**
 * From a source tree to an image: detect the language, write the Dockerfile, let BuildKit run it.
 */
@NullMarked
package dev.signalbox.builds;

import org.jspecify.annotations.NullMarked;
