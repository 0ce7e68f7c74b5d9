/** How services, machines, clusters, and whatever targets are labelled with, are as a whole. */
@NullMarked
package dev.vitals.health.monitor.group;

import org.jspecify.annotations.NullMarked;
