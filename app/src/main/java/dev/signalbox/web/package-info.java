/**
 * HTTP: the registry of routes with their permissions, the JSON API, the panel's pages, the routes of git, and the pages
 * that stand in for an app.
 */
@NullMarked
package dev.signalbox.web;

import org.jspecify.annotations.NullMarked;
