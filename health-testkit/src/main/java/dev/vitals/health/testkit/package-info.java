/** Manual time, checks that fail when the test says so, and assertions: for tests of checks and of their effects. */
@NullMarked
package dev.vitals.health.testkit;

import org.jspecify.annotations.NullMarked;
