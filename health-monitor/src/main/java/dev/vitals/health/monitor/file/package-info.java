/** The operator's configuration file: what it says, what is wrong with it, and what it changes. */
@NullMarked
package dev.vitals.health.monitor.file;

import org.jspecify.annotations.NullMarked;
