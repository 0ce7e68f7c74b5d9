/** What the sister modules share: bounds, JSON, threads. No API; may change in any release. */
@NullMarked
package dev.vitals.health.internal;

import org.jspecify.annotations.NullMarked;
