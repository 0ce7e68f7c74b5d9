/** What sister modules share about HTTP: the expectations of an answer. */
@NullMarked
package dev.vitals.health.http.internal;

import org.jspecify.annotations.NullMarked;
