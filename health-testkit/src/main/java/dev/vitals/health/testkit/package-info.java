/** Time that is moved by hand, checks that fail on order, and assertions: for tests of checks and of what they decide. */
@NullMarked
package dev.vitals.health.testkit;

import org.jspecify.annotations.NullMarked;
