/** Shared with sister modules: the expectations of an HTTP answer. */
@NullMarked
package dev.vitals.health.http.internal;

import org.jspecify.annotations.NullMarked;
