/** The endpoints, independent of any server, and the reader of their documents. */
@NullMarked
package dev.vitals.health.http;

import org.jspecify.annotations.NullMarked;
