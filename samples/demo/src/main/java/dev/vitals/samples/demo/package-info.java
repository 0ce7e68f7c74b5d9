/** The demo: the monitor and two samples, each in a separate JVM, so that each can be killed and started again. */
@NullMarked
package dev.vitals.samples.demo;

import org.jspecify.annotations.NullMarked;
