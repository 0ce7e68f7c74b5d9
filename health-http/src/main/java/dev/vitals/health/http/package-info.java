/** The health endpoint, independent of any server, and a reader of health documents. */
@NullMarked
package dev.vitals.health.http;

import org.jspecify.annotations.NullMarked;
