/** Helpers that the sister modules share. Not an API: anything here may change in any release. */
@NullMarked
package dev.vitals.health.internal;

import org.jspecify.annotations.NullMarked;
