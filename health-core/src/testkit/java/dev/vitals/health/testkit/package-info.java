/** What the tests of all modules share; compiled into each of them as test sources. */
package dev.vitals.health.testkit;
