/**
 * SQLite: one writer, many readers, migrations.
 *
 * <p>Features bring their own queries; this package opens the file, keeps its schema current and hands out connections in
 * the only two ways there are, {@code read} and {@code write}.
 */
@NullMarked
package dev.signalbox.db;

import org.jspecify.annotations.NullMarked;
