/** The database, and a store for each kind of thing that is kept in it. */
@NullMarked
package dev.vitals.health.monitor.store;

import org.jspecify.annotations.NullMarked;
