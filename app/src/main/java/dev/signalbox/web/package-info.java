/**
 * HTTP: the registry of routes with their permissions, the JSON API, and the git and error pages.
 */
@NullMarked
package dev.signalbox.web;

import org.jspecify.annotations.NullMarked;
